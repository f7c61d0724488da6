import { InputError } from "../../errors.js";
import { option, say } from "../../wording.js";
import { fromFloat16s } from "./float16.js";
import type { NpyData, NpyType } from "./npy.js";
import { type NpyFile, openNpy } from "./npy-file.js";
import { openRaw, type RawLayout } from "./raw-file.js";
import { openTensorArray } from "./tensor-array.js";
import type { VectorsFile } from "./vectors-file.js";

/** What has to be said of vectors that have no description. */
export interface ForeignLayout {
  /** What the space of the vectors is called. */
  space: string;
  /** How numbers without a header lie; without it the file is what its name says. */
  raw?: RawLayout;
  /** Whether they are a column of Parquet. */
  parquet?: boolean;
  /** The tensor or the column that holds them, where a file has several. */
  field?: string;
  /** The files that they lie in, one after the other, where there are several. */
  parts?: readonly string[];
}

/**
 * Opens vectors that another program made: rows of numbers, one after the other.
 *
 * @throws InputError if they are of another type, or no rows
 */
export function openForeign(path: string, layout: ForeignLayout): VectorsFile {
  const file = openNumbers(path, layout);
  try {
    const toFloats = FLOATS[file.type];
    if (toFloats === undefined) throw otherType(file);
    const [rows, dimensions] = shapeOf(file);
    return {
      info: { space: layout.space, dimensions, rows },
      read: (start, end) => toFloats(file.read(start * dimensions, end * dimensions)),
      [Symbol.dispose]: () => file[Symbol.dispose](),
    };
  } catch (error) {
    file[Symbol.dispose]();
    throw error;
  }
}

export const isSafetensors = (path: string) => path.endsWith(".safetensors");

function openNumbers(path: string, { raw, field }: ForeignLayout): NpyFile {
  if (raw) return openRaw(path, raw);
  if (isSafetensors(path)) return openTensorArray(path, field);
  if (field === undefined) return openNpy(path);
  throw new InputError({ path }, say`has one array without a name, but ${option("vectorField")} names one.`, {
    advice: "Leave it out.",
  });
}

/** Numbers of each type as float32: halves exactly, doubles rounded to the nearest. */
const FLOATS: Partial<Record<NpyType, (values: NpyData) => Float32Array>> = {
  "<f4": (values) => values as Float32Array,
  "<f2": (values) => fromFloat16s(values as Uint16Array),
  "<f8": (values) => Float32Array.from(values as Float64Array),
  bfloat16: (values) => new Float32Array(Uint32Array.from(values, (half) => half << 16).buffer),
};

function otherType({ path, type }: NpyFile): InputError {
  return new InputError({ path }, `has elements of type ${type}; expected float32, float16 or float64.`, {
    advice: 'Save array.astype("float32").',
  });
}

function shapeOf({ path, shape }: NpyFile): readonly number[] {
  if (shape.length === 2 && shape[1] > 0) return shape;
  throw new InputError({ path }, `has the shape (${shape.join(", ")}); expected rows × dimensions.`, {
    advice: "Save an array with a row for each line of the text.",
  });
}
