import type { ByteReader } from "./byte-reader.js";

/** Centroids of each part of a vector. */
const CENTROIDS = 256;

/** The rows of a matrix that product quantisation has packed (Jégou et al. 2011; Joulin et al. 2016, FastText.zip). */
export function readQuantised(reader: ByteReader, dimensions: number): Float32Array {
  const hasNorms = reader.uint8() === 1;
  const rows = reader.int64();
  reader.skip(8);
  const codes = reader.uint8s(reader.int32());
  const parts = readCodebook(reader);
  const normCodes = hasNorms ? reader.uint8s(rows) : undefined;
  const norms = hasNorms ? readCodebook(reader).centroids : undefined;

  const { count, width, centroids } = parts;
  const values = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const norm = normCodes && norms ? norms[normCodes[row]] : 1;
    for (let i = 0; i < dimensions; i++) {
      const part = Math.floor(i / width);
      const ofPart = Math.min(width, dimensions - part * width);
      const centroid = codes[row * count + part];
      values[row * dimensions + i] =
        norm * centroids[part * CENTROIDS * width + centroid * ofPart + (i - part * width)];
    }
  }
  return values;
}

function readCodebook(reader: ByteReader) {
  const dimensions = reader.int32();
  const [count, width] = [reader.int32(), reader.int32()];
  // The width of the last part.
  reader.skip(4);
  return { count, width, centroids: reader.float32s(dimensions * CENTROIDS) };
}
