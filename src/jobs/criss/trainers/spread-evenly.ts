/** Of many texts at most so many, at even distances. */
export function spreadEvenly(texts: Uint32Array, most: number): Uint32Array {
  const step = Math.max(1, texts.length / Math.max(1, most));
  const some: number[] = [];
  for (let at = 0; at < texts.length; at += step) some.push(texts[Math.floor(at)]);
  return Uint32Array.from(some);
}
