/** Characters of the longest run that stands in both. Time: the product of the lengths; memory: the second one's. */
export function longestCommonSubstring(a: Uint32Array, b: Uint32Array): number {
  let longest = 0;
  /** Of each place of b: how long the match is that ends before it. */
  const ending = new Uint32Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    const code = a[i];
    let before = 0;
    for (let j = 1; j <= b.length; j++) {
      const above = ending[j];
      const length = b[j - 1] === code ? before + 1 : 0;
      ending[j] = length;
      if (length > longest) longest = length;
      before = above;
    }
  }
  return longest;
}
