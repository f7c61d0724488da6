/** The candidates of some sentences, ascending, by sentence. Memory: of their candidates alone, and a byte a sentence. */
export function candidatesAmong(
  own: Uint32Array,
  sentences: Uint32Array,
  rows: number,
): ReadonlyMap<number, readonly number[]> {
  const isWanted = new Uint8Array(rows);
  for (const sentence of sentences) isWanted[sentence] = 1;
  const found = new Map<number, number[]>(Array.from(sentences, (sentence) => [sentence, []]));
  for (let candidate = 0; candidate < own.length; candidate++)
    if (isWanted[own[candidate]]) found.get(own[candidate])!.push(candidate);
  return found;
}
