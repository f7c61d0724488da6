/** The inner product. Four running sums: the order is fixed, and the processor need not wait for each. */
export function dot(a: Float32Array, b: Float32Array, at = 0): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const end = b.length;
  let i = 0;
  for (; i + 3 < end; i += 4) {
    s0 += a[at + i] * b[i];
    s1 += a[at + i + 1] * b[i + 1];
    s2 += a[at + i + 2] * b[i + 2];
    s3 += a[at + i + 3] * b[i + 3];
  }
  for (; i < end; i++) s0 += a[at + i] * b[i];
  return s0 + s1 + (s2 + s3);
}
