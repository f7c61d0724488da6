import { InputError } from "../../errors.js";
import { option, say } from "../../wording.js";
import type { NpyHeader, NpyType } from "./npy.js";
import { type ArrayHead, type NpyFile, openArray } from "./npy-file.js";

const LENGTH_BYTES = 8;

/** Longer headers the format does not allow. */
const LONGEST_HEADER = 100_000_000;

const TYPES: Readonly<Record<string, NpyType>> = {
  F32: "<f4",
  F16: "<f2",
  F64: "<f8",
  BF16: "bfloat16",
};

/**
 * Opens a tensor of a safetensors file (https://github.com/huggingface/safetensors) as an array.
 *
 * @param name which tensor, where the file has several
 * @throws InputError if it is none, has no such tensor or none that is meant, or one that is not of floating-point numbers
 */
export function openTensorArray(path: string, name?: string): NpyFile {
  return openArray(path, (file) => decodeHeader(file, path, name));
}

function decodeHeader(file: ArrayHead, path: string, name?: string): NpyHeader {
  const { start, tensors } = parseHeader(file, path);
  const { dtype, shape, data_offsets: offsets } = choose(tensors, path, name);
  const type = TYPES[dtype];
  if (type === undefined)
    throw new InputError(
      { path },
      `has a tensor of type ${dtype}; expected one of ${Object.keys(TYPES).join(", ")}.`,
      { advice: "Convert it before it is saved." },
    );
  if (start + offsets[1] > file.size)
    throw new InputError({ path, byte: file.size }, "is cut short.", { advice: "Make it again." });
  return { type, shape, dataOffset: start + offsets[0] };
}

interface Tensor {
  dtype: string;
  shape: number[];
  data_offsets: [start: number, end: number];
}

function choose(tensors: Record<string, Tensor>, path: string, name?: string): Tensor {
  const names = Object.keys(tensors);
  const listed = names.slice(0, 5).join(", ") + (names.length > 5 ? " …" : "");
  if (name !== undefined) {
    if (Object.hasOwn(tensors, name)) return tensors[name];
    throw new InputError({ path }, say`has no tensor "${name}"; it has ${listed || "none"}.`, {
      advice: say`Name another with ${option("vectorField")}.`,
    });
  }
  if (names.length === 1) return tensors[names[0]];
  throw new InputError(
    { path },
    `has ${names.length} tensors${listed && ` (${listed})`}; expected one, with a row for each line.`,
    { advice: say`Name it with ${option("vectorField")}, or save the vectors alone.` },
  );
}

function parseHeader({ head, size }: ArrayHead, path: string) {
  try {
    const start = LENGTH_BYTES + Number(head(LENGTH_BYTES).readBigUInt64LE(0));
    if (start > size || start > LONGEST_HEADER) throw new RangeError("its header is too long");
    const { __metadata__: _, ...tensors } = JSON.parse(head(start).toString("utf8", LENGTH_BYTES));
    for (const tensor of Object.values(tensors)) if (!isTensor(tensor)) throw new SyntaxError("is no tensor");
    return { start, tensors: tensors as Record<string, Tensor> };
  } catch (cause) {
    throw new InputError({ path }, "is not a safetensors file, or is damaged: its header cannot be read.", {
      advice: "Make it again.",
      cause,
    });
  }
}

/** Whether its place holds as many bytes as its shape needs. */
function isTensor(value: unknown): value is Tensor {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Partial<Tensor>;
  const isCount = (number: unknown) => Number.isSafeInteger(number) && Number(number) >= 0;
  return (
    typeof dtype === "string" &&
    Array.isArray(shape) &&
    shape.every(isCount) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isCount) &&
    fits(dtype, shape, offsets[1] - offsets[0])
  );
}

function fits(dtype: string, shape: readonly number[], bytes: number): boolean {
  const size = { F64: 8, F32: 4, F16: 2, BF16: 2 }[dtype];
  return size === undefined || bytes === shape.reduce((product, length) => product * length, size);
}
