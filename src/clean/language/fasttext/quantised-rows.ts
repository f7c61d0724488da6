import type { ByteReader } from "./byte-reader.js";

/** Centroids of each part of a vector. */
const CENTROIDS = 256;

/** Numbers of each part of a vector. */
const WIDTH = 2;

/**
 * Rows of a matrix that product quantisation has packed (Jégou et al. 2011; Joulin et al. 2016, FastText.zip). They stay
 * packed: half a megabyte stays in a processor's cache, three do not.
 */
export class QuantisedRows {
  private readonly codes: Uint8Array;
  private readonly centroids: Float32Array;
  private readonly normCodes: Uint8Array;
  private readonly norms: Float32Array;
  private readonly parts: number;

  constructor(reader: ByteReader) {
    reader.uint8();
    const rows = reader.int64();
    reader.skip(8);
    this.codes = Uint8Array.from(reader.uint8s(reader.int32()));
    this.parts = this.codes.length / rows;
    this.centroids = readCentroids(reader);
    this.normCodes = Uint8Array.from(reader.uint8s(rows));
    this.norms = readCentroids(reader);
  }

  /** Adds a row to `sum`, from `at` on. */
  addTo(row: number, sum: Float32Array, at: number): void {
    const { codes, centroids, parts } = this;
    const norm = this.norms[this.normCodes[row]];
    const first = row * parts;
    for (let part = 0; part < parts; part++) {
      const from = (part * CENTROIDS + codes[first + part]) * WIDTH;
      const to = at + part * WIDTH;
      sum[to] += norm * centroids[from];
      sum[to + 1] += norm * centroids[from + 1];
    }
  }
}

function readCentroids(reader: ByteReader): Float32Array {
  const dimensions = reader.int32();
  // How many parts there are, how wide they are, and how wide the last one is.
  reader.skip(12);
  return reader.float32s(dimensions * CENTROIDS);
}
