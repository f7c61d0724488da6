import { InputError } from "../../errors.js";
import { fromFloat16s, toFloat16 } from "./float16.js";
import type { NpyData, NpyType } from "./npy.js";
import type { NpyFile } from "./npy-file.js";

/** How vectors are stored: float32 as they are, float16 in half the space, int8 (cosines only) in a quarter. */
export const VECTOR_TYPES = ["float32", "float16", "int8"] as const;
/** How the numbers of a file of vectors are stored. */
export type VectorType = (typeof VECTOR_TYPES)[number];

export const NPY_TYPE_OF: Record<VectorType, NpyType> = { float32: "<f4", float16: "<f2", int8: "|i1" };

/** Components of unit vectors lie in [−1, 1]: int8 holds them in steps of 1/127. */
const INT8_SCALE = 127;

export function encodeNumbers(values: Float32Array, type: VectorType): NpyData {
  switch (type) {
    case "float32":
      return values;
    case "float16":
      return Uint16Array.from(values, toFloat16);
    case "int8":
      return Int8Array.from(values, (value) => Math.round(Math.max(-1, Math.min(1, value)) * INT8_SCALE));
  }
}

export function decodeNumbers(values: NpyData, type: VectorType): Float32Array {
  switch (type) {
    case "float32":
      return values as Float32Array;
    case "float16":
      return fromFloat16s(values as Uint16Array);
    case "int8":
      return Float32Array.from(values as Int8Array, (value) => value / INT8_SCALE);
  }
}

/**
 * Elements from `start` up to `end` of a file of any of the types, as float32.
 *
 * @param room where they may be put
 */
export function readFloats(
  file: NpyFile,
  { start, end, room }: { start: number; end: number; room?: Float32Array },
): Float32Array {
  const type = VECTOR_TYPES.find((name) => NPY_TYPE_OF[name] === file.type);
  if (type === "float32" && room) {
    const values = room.subarray(0, end - start);
    file.readInto(start, values);
    return values;
  }
  if (type) return decodeNumbers(file.read(start, end), type);
  const problem = `has elements of type ${file.type}; expected float32, float16 or int8.`;
  throw new InputError({ path: file.path }, problem);
}
