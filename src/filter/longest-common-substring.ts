/** UTF-16 units of the longest text that stands in both. Time: the product of the lengths; memory: the second one's. */
export function longestCommonSubstring(a: string, b: string): number {
  let longest = 0;
  /** Of each place of b: how long the match is that ends before it. */
  const ending = new Uint32Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    const code = a.charCodeAt(i);
    for (let j = b.length; j > 0; j--) {
      ending[j] = b.charCodeAt(j - 1) === code ? ending[j - 1] + 1 : 0;
      if (ending[j] > longest) longest = ending[j];
    }
  }
  return longest;
}
