import { type Neighbours, NO_NEIGHBOUR } from "../../types/neighbours.js";

/** Lists of neighbours in which nothing has been found, for several threads. Memory: 8 · k bytes a row. */
export function emptyLists(rows: number, k: number): Neighbours {
  const words = rows * k;
  const memory = new SharedArrayBuffer(8 * words);
  return {
    rows,
    k,
    indices: new Uint32Array(memory, 0, words).fill(NO_NEIGHBOUR),
    cosines: new Float32Array(memory, 4 * words, words).fill(Number.NEGATIVE_INFINITY),
  };
}
