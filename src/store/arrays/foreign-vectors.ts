import { InputError } from "../../errors.js";
import { type NpyFile, openNpy } from "./npy-file.js";
import { NPY_TYPE_OF, readFloats } from "./number-types.js";
import { openRaw, type RawLayout } from "./raw-file.js";
import { openTensorArray } from "./tensor-array.js";
import type { VectorsFile } from "./vectors-file.js";

/** What has to be said of vectors that have no description. */
export interface ForeignLayout {
  /** What the space of the vectors is called. */
  space: string;
  /** How numbers without a header lie; without it the file is a .npy, or a .safetensors, as its name says. */
  raw?: RawLayout;
}

/**
 * Opens vectors that another program made: rows of float32 or float16 numbers, one after the other.
 *
 * @throws InputError if they are of another type, or no rows
 */
export function openForeign(path: string, { space, raw }: ForeignLayout): VectorsFile {
  const file = raw ? openRaw(path, raw) : openByName(path);
  try {
    const [rows, dimensions] = shapeOf(file);
    return {
      info: { space, dimensions, rows },
      read: (start, end) => readFloats(file, start * dimensions, end * dimensions),
      [Symbol.dispose]: () => file[Symbol.dispose](),
    };
  } catch (error) {
    file[Symbol.dispose]();
    throw error;
  }
}

export const isSafetensors = (path: string) => path.endsWith(".safetensors");

const openByName = (path: string) => (isSafetensors(path) ? openTensorArray(path) : openNpy(path));

function shapeOf({ path, type, shape }: NpyFile): readonly number[] {
  if (type !== NPY_TYPE_OF.float32 && type !== NPY_TYPE_OF.float16)
    throw new InputError({ path }, `has elements of type ${type}; expected float32 or float16.`, {
      advice: 'Save array.astype("float32").',
    });
  if (shape.length !== 2 || shape[1] === 0)
    throw new InputError({ path }, `has the shape (${shape.join(", ")}); expected rows × dimensions.`, {
      advice: "Save an array with a row for each line of the text.",
    });
  return shape;
}
