import { Tensor, type Tensors } from "../runtime/session.js";

/** A row-major matrix as a tensor over the same memory. */
export function matrixTensor(values: Float32Array, columns: number): Tensor {
  return new Tensor("float32", values, [values.length / columns, columns]);
}

export const floats = (value: Tensors[string]) => (value as Tensor).data as Float32Array;

/** Row-major. */
export function identityMatrix(dimensions: number): Float32Array {
  const matrix = new Float32Array(dimensions * dimensions);
  for (let i = 0; i < dimensions; i++) matrix[i * dimensions + i] = 1;
  return matrix;
}
