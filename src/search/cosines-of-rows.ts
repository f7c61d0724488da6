/**
 * The cosine of each row of one matrix with the same row of another: 0 where one of both is zeros, NaN where both are.
 *
 * @param dimensions of a row of either
 */
export function cosinesOfRows(a: Float32Array, b: Float32Array, dimensions: number): Float64Array {
  return Float64Array.from({ length: a.length / dimensions }, (_, row) => {
    let [product, squaresA, squaresB] = [0, 0, 0];
    for (let i = row * dimensions; i < (row + 1) * dimensions; i++) {
      product += a[i] * b[i];
      squaresA += a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    if ((squaresA === 0) !== (squaresB === 0)) return 0;
    return product / Math.sqrt(squaresA * squaresB);
  });
}
