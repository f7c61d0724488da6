import { readFile } from "node:fs/promises";
import { ModelError } from "../errors.js";
import { fromFloat16 } from "./float16.js";

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

/**
 * Reads the named tensors of a safetensors file (https://github.com/huggingface/safetensors) whose elements are F32, F16
 * or BF16.
 *
 * @throws ModelError if the file is not one, is cut short, or lacks a tensor
 */
export async function readTensors(path: string, names: readonly string[]): Promise<FloatTensor[]> {
  const bytes = await readFile(path);
  const headerBytes = bytes.length >= 8 ? Number(bytes.readBigUInt64LE(0)) : Number.POSITIVE_INFINITY;
  if (headerBytes > bytes.length - 8)
    throw new ModelError(`${path}: is cut short, or not a safetensors file. Fetch it again.`);
  const header = parseHeader(bytes.toString("utf8", 8, 8 + headerBytes), path);
  return names.map((name) => {
    const entry = header[name];
    if (!entry)
      throw new ModelError(`${path}: has no tensor ${name}; it has ${Object.keys(header).join(", ")}.`);
    const [start, end] = entry.data_offsets.map((offset) => 8 + headerBytes + offset);
    if (end > bytes.length) throw new ModelError(`${path}: is cut short at tensor ${name}. Fetch it again.`);
    return { shape: entry.shape, data: decode(bytes.subarray(start, end), entry.dtype, path) };
  });
}

function parseHeader(text: string, path: string): Record<string, Entry> {
  try {
    const { __metadata__: _, ...entries } = JSON.parse(text);
    return entries;
  } catch (cause) {
    throw new ModelError(`${path}: is not a safetensors file: its header is not JSON.`, { cause });
  }
}

function decode(bytes: Buffer, dtype: string, path: string): Float32Array {
  // A copy of its own is aligned; the file's bytes need not be.
  const { buffer } = new Uint8Array(bytes);
  if (dtype === "F32") return new Float32Array(buffer);
  if (dtype === "F16") return Float32Array.from(new Uint16Array(buffer), fromFloat16);
  if (dtype === "BF16")
    return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer);
  throw new ModelError(`${path}: has a tensor of type ${dtype}; expected F32, F16 or BF16.`);
}
