import { InputError } from "../../errors.js";

/** Element types that are read and written, by their NumPy names. */
export const NPY_TYPES = {
  "<f4": Float32Array,
  "<f8": Float64Array,
  "<f2": Uint16Array,
  "|i1": Int8Array,
  "<u4": Uint32Array,
  "<u2": Uint16Array,
  // NumPy has no name for it, so no header says it.
  bfloat16: Uint16Array,
} as const;
export type NpyType = keyof typeof NPY_TYPES;
interface NpyArrays {
  "<f4": Float32Array;
  "<f8": Float64Array;
  "<f2": Uint16Array;
  "|i1": Int8Array;
  "<u4": Uint32Array;
  "<u2": Uint16Array;
  bfloat16: Uint16Array;
}
export type NpyDataOf<K extends NpyType> = NpyArrays[K];
export type NpyData = NpyDataOf<NpyType>;

/** What a .npy file's header says. */
export interface NpyHeader {
  type: NpyType;
  shape: readonly number[];
  /** Where the numbers begin. */
  dataOffset: number;
}

/** Headers are padded to this, so that a file's row count can be filled in when its last row is written. */
export const HEADER_BYTES = 128;
const MAGIC = "\x93NUMPY";

/** Bytes of a whole array after its header. */
function dataBytes({ type, shape }: Pick<NpyHeader, "type" | "shape">): number {
  return shape.reduce((product, size) => product * size, NPY_TYPES[type].BYTES_PER_ELEMENT);
}

/** The header of a C-ordered array, version 1.0 of the format (numpy.lib.format), 128 bytes. */
export function encodeNpyHeader(type: NpyType, shape: readonly number[]): Buffer {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const header = Buffer.alloc(HEADER_BYTES, " ");
  header.write(MAGIC, "latin1");
  header[6] = 1;
  header[7] = 0;
  header.writeUInt16LE(HEADER_BYTES - 10, 8);
  header.write(text, 10, "latin1");
  header[HEADER_BYTES - 1] = 0x0a;
  return header;
}

/**
 * Reads a header from the beginning of a file.
 *
 * @param head the file's first bytes: as many as it has, up to 4 KiB
 * @param fileBytes the size of the whole file
 * @throws InputError if this is not a .npy file, is in Fortran order, has another element type or is cut short
 */
export function decodeNpyHeader(head: Buffer, fileBytes: number, path: string): NpyHeader {
  if (head.toString("latin1", 0, 6) !== MAGIC || head.length < 12)
    throw new InputError({ path }, "is not a .npy file; expected one as numpy.save writes it.");
  const lengthBytes = head[6] === 1 ? 2 : 4;
  const length = lengthBytes === 2 ? head.readUInt16LE(8) : head.readUInt32LE(8);
  const dataOffset = 8 + lengthBytes + length;
  const text = head.toString("latin1", 8 + lengthBytes, dataOffset);
  const type = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/
    .exec(text)?.[1]
    .split(",")
    .filter((size) => size.trim() !== "")
    .map(Number);
  if (
    type === undefined ||
    shape === undefined ||
    !shape.every((size) => Number.isSafeInteger(size) && size >= 0)
  )
    throw new InputError({ path }, "has a .npy header that cannot be read.", {
      advice: "Save the array again with numpy.save.",
    });
  if (/'fortran_order':\s*True/.test(text)) {
    throw new InputError({ path }, "is in Fortran order; expected rows one after the other.", {
      advice: "Save numpy.ascontiguousarray(array).",
    });
  }
  if (!Object.hasOwn(NPY_TYPES, type)) {
    throw new InputError({ path }, `has elements of type ${type}; expected float32 ('<f4').`, {
      advice: 'Save array.astype("float32").',
    });
  }
  const header = { type: type as NpyType, shape, dataOffset };
  const expected = dataOffset + dataBytes(header);
  if (fileBytes < expected) {
    throw new InputError(
      { path, byte: fileBytes },
      `is cut short: its header promises ${shape.join(" × ")} elements, ${expected} bytes in all.`,
      { advice: "Make it again." },
    );
  }
  return header;
}
