import { InputError } from "../../errors.js";
import type { NpyHeader, NpyType } from "./npy.js";
import { type NpyFile, openArray } from "./npy-file.js";
import { NPY_TYPE_OF } from "./number-types.js";

const LENGTH_BYTES = 8;

const TYPES: Readonly<Record<string, NpyType>> = { F32: NPY_TYPE_OF.float32, F16: NPY_TYPE_OF.float16 };

/**
 * Opens the one tensor of a safetensors file (https://github.com/huggingface/safetensors) as an array.
 *
 * @throws InputError if it is none, has several, or one of another type than float32 and float16
 */
export function openTensorArray(path: string): NpyFile {
  return openArray(path, (head, size) => decodeHeader(head, size, path));
}

function decodeHeader(head: Buffer, size: number, path: string): NpyHeader {
  const { start, tensors } = parseHeader(head, path);
  const names = Object.keys(tensors);
  if (names.length !== 1)
    throw new InputError({ path }, `has ${names.length} tensors; expected one, with a row for each line.`, {
      advice: "Save the vectors alone.",
    });
  const { dtype, shape, data_offsets: offsets } = tensors[names[0]];
  const type = TYPES[dtype];
  if (type === undefined)
    throw new InputError({ path }, `has a tensor of type ${dtype}; expected F32 or F16.`, {
      advice: "Convert it before it is saved.",
    });
  if (start + offsets[1] > size)
    throw new InputError({ path, byte: size }, "is cut short.", { advice: "Make it again." });
  return { type, shape, dataOffset: start + offsets[0] };
}

interface Tensors {
  [name: string]: { dtype: string; shape: number[]; data_offsets: [start: number, end: number] };
}

function parseHeader(head: Buffer, path: string): { start: number; tensors: Tensors } {
  try {
    const start = LENGTH_BYTES + Number(head.readBigUInt64LE(0));
    if (start > head.length) throw new RangeError("its header is longer than that of one tensor");
    const { __metadata__: _, ...tensors } = JSON.parse(head.toString("utf8", LENGTH_BYTES, start));
    return { start, tensors };
  } catch (cause) {
    throw new InputError({ path }, "is not a safetensors file with one tensor.", { cause });
  }
}
