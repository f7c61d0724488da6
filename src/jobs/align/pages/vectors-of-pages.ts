import { meanOfRows } from "../../../embed/mean.js";
import { PARTS, pageVector } from "../../../pages/page-vector.js";
import { prepareRows } from "../../../search/prepare-rows.js";
import { LEAST_CENTRED } from "../../../steps/vectors/embed-blocks.js";
import { NpyWriter, openNpy } from "../../../store/arrays/npy-file.js";
import { temporaryPath } from "../../../store/files/whole-file.js";
import type { VectorRows } from "../../../types/vectors.js";
import type { PageVectors } from "./page-vectors.js";

/** Vectors in a file. */
export type FileRows = VectorRows & Disposable;

/**
 * A vector for each page of a side, comparable with those of another side. Memory: what is read of them.
 *
 * @param path a new .npy file, which is the caller's to remove
 */
export async function vectorsOfPages(sentences: PageVectors, path: string): Promise<FileRows> {
  const rows = sentences.side.pages.length;
  const dimensions = PARTS * sentences.dimensions;
  const written = await NpyWriter.open(temporaryPath(path), "<f4", dimensions);
  for (let page = 0; page < rows; page++) await written.append(pageVector(sentences.sentencesOf(page)));
  const mean = rows >= LEAST_CENTRED ? await meanOfRows(written, dimensions) : undefined;
  await written.finish(path);
  const file = openNpy(path);
  return {
    rows,
    dimensions,
    read: (start, end) => {
      const data = file.read(start * dimensions, end * dimensions) as Float32Array;
      prepareRows({ rows: end - start, dimensions, data }, { mean });
      return data;
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}
