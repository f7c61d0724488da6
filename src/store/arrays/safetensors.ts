import { type FileHandle, open } from "node:fs/promises";
import { ModelError } from "../../errors.js";
import { explainModelFile } from "../files/unreadable.js";
import { readFully } from "../files/whole-io.js";
import { fromFloat16s } from "./float16.js";

/** A tensor as float32, row-major. */
export interface FloatTensor {
  shape: readonly number[];
  data: Float32Array;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [start: number, end: number];
}

/** A safetensors file's tensors, read as they are asked for. */
export interface TensorFile extends AsyncDisposable {
  readonly names: readonly string[];
  /** A tensor's shape, without reading its numbers. */
  shapeOf(name: string): readonly number[] | undefined;
  /** @throws ModelError if there is none of that name, or the file is cut short */
  read(name: string): Promise<FloatTensor>;
  /**
   * A tensor's bytes as they lie in the file, in memory of their own, aligned for every type.
   *
   * @throws ModelError as `read`, and if its numbers are of another type
   */
  readBytes(name: string, type: string): Promise<{ shape: readonly number[]; data: Uint8Array<ArrayBuffer> }>;
}

const HEADER_LENGTH_BYTES = 8;

/**
 * Opens a safetensors file (https://github.com/huggingface/safetensors).
 *
 * @throws ModelError if the file is not one, or is cut short
 */
export async function openTensors(path: string): Promise<TensorFile> {
  const file = await open(path).catch((cause) => {
    throw explainModelFile(path, cause);
  });
  try {
    const { size } = await file.stat();
    const length = Number((await readBytes(file, 0, Math.min(HEADER_LENGTH_BYTES, size))).readBigUInt64LE(0));
    const start = HEADER_LENGTH_BYTES + length;
    if (start > size) throw new RangeError("its header is longer than the file");
    const header = await readBytes(file, HEADER_LENGTH_BYTES, length);
    const entries = parseHeader(header.toString("utf8"), path);
    const load = async (name: string) => {
      const entry = entries[name];
      if (!entry)
        throw new ModelError(`${path}: has no tensor ${name}; it has ${Object.keys(entries).join(", ")}.`);
      const [first, end] = entry.data_offsets;
      if (start + end > size)
        throw new ModelError(`${path}: is cut short at tensor ${name}.`, { advice: "Fetch it again." });
      const bytes = await readBytes(file, start + first, end - first).catch((error) => {
        throw explainModelFile(path, error);
      });
      return { ...entry, bytes };
    };
    return {
      names: Object.keys(entries),
      shapeOf: (name) => entries[name]?.shape,
      [Symbol.asyncDispose]: () => file.close(),
      read: async (name) => {
        const { shape, dtype, bytes } = await load(name);
        return { shape, data: decode(bytes, dtype, path) };
      },
      readBytes: async (name, type) => {
        const { shape, dtype, bytes } = await load(name);
        if (dtype !== type)
          throw new ModelError(`${path}: has a tensor ${name} of type ${dtype}; expected ${type}.`);
        return { shape, data: bytes };
      },
    };
  } catch (cause) {
    await file.close();
    if (cause instanceof RangeError)
      throw new ModelError(`${path}: is cut short, or not a safetensors file.`, {
        advice: "Fetch it again.",
        cause,
      });
    throw explainModelFile(path, cause);
  }
}

/** Reads the named tensors of a file, in that order. */
export async function readTensors(path: string, names: readonly string[]): Promise<FloatTensor[]> {
  await using file = await openTensors(path);
  const tensors: FloatTensor[] = [];
  for (const name of names) tensors.push(await file.read(name));
  return tensors;
}

/** A buffer of its own, so that its memory is aligned for every type. */
async function readBytes(file: FileHandle, start: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  await readFully(file, bytes, start);
  return bytes;
}

function parseHeader(text: string, path: string): Record<string, Entry> {
  try {
    const { __metadata__: _, ...entries } = JSON.parse(text);
    for (const [name, entry] of Object.entries(entries)) checkEntry(path, name, entry);
    return entries as Record<string, Entry>;
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError(`${path}: is not a safetensors file: its header is not JSON.`, { cause });
  }
}

/** Bytes of a number of each type that is read; of others the length says nothing. */
const BYTES: Record<string, number> = {
  F32: 4,
  F64: 8,
  F16: 2,
  BF16: 2,
  I8: 1,
  U8: 1,
  U16: 2,
  I32: 4,
  I64: 8,
};

/** @throws ModelError if a tensor's type, shape and place are not what they must be, or do not fit */
function checkEntry(path: string, name: string, entry: unknown): void {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<Entry>;
  const areCounts = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((value) => Number.isSafeInteger(value) && value >= 0);
  if (typeof dtype === "string" && areCounts(shape) && areCounts(offsets) && offsets.length === 2) {
    const size = BYTES[dtype] ?? (offsets[1] - offsets[0]) / product(shape);
    if (offsets[1] - offsets[0] === product(shape) * size) return;
  }
  throw new ModelError(
    `${path}: is damaged: its header describes tensor ${name} as ${JSON.stringify(entry)}.`,
  );
}

const product = (shape: readonly number[]) => shape.reduce((result, size) => result * size, 1);

const DECODERS: Record<string, (buffer: ArrayBuffer) => Float32Array> = {
  F32: (buffer) => new Float32Array(buffer),
  F64: (buffer) => Float32Array.from(new Float64Array(buffer)),
  F16: (buffer) => fromFloat16s(new Uint16Array(buffer)),
  BF16: (buffer) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer),
  I8: (buffer) => Float32Array.from(new Int8Array(buffer)),
  // Row numbers, exact as float32 up to 2^24.
  I32: (buffer) => Float32Array.from(new Int32Array(buffer)),
  I64: (buffer) => Float32Array.from(new BigInt64Array(buffer), Number),
};

function decode({ buffer }: Buffer, dtype: string, path: string): Float32Array {
  const decoder = DECODERS[dtype];
  if (decoder) return decoder(buffer as ArrayBuffer);
  throw new ModelError(
    `${path}: has a tensor of type ${dtype}; expected one of ${Object.keys(DECODERS).join(", ")}.`,
  );
}
