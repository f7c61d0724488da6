/** Characters of the longest run that stands in both. Time: the product of the lengths; memory: the second one's. */
export function longestCommonSubstring(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  /** Of each place of b: how long the match is that ends before it. */
  const ending = new Uint32Array(b.length + 1);
  for (const character of a) {
    for (let j = b.length; j > 0; j--) {
      ending[j] = b[j - 1] === character ? ending[j - 1] + 1 : 0;
      if (ending[j] > longest) longest = ending[j];
    }
  }
  return longest;
}
