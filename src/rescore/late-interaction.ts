/**
 * The mean, over a source's token vectors, of the highest cosine to one of the target's (Khattab & Zaharia 2020).
 *
 * @param source tokens × dimensions, of unit length
 * @param target the same
 */
export function lateInteraction(source: Float32Array, target: Float32Array, dimensions: number): number {
  let sum = 0;
  for (let x = 0; x < source.length; x += dimensions) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let y = 0; y < target.length; y += dimensions) {
      let cosine = 0;
      for (let i = 0; i < dimensions; i++) cosine += source[x + i] * target[y + i];
      highest = Math.max(highest, cosine);
    }
    sum += highest;
  }
  return sum / (source.length / dimensions);
}
