import { writeWhole } from "../files/whole-file.js";

/** Types of numbers and their sizes. */
const BYTES = { F32: 4, F64: 8, F16: 2, I32: 4, U16: 2, U8: 1 } as const;

/** A tensor, row-major, that is written as it comes. */
export interface TensorToWrite {
  name: string;
  shape: readonly number[];
  /** @default "F32" */
  type?: keyof typeof BYTES;
  blocks: Iterable<ArrayBufferView> | AsyncIterable<ArrayBufferView>;
}

const ALIGNMENT = 8;

/** Writes a safetensors file (https://github.com/huggingface/safetensors). Memory: a block. */
export async function writeTensors(path: string, tensors: readonly TensorToWrite[]): Promise<void> {
  let end = 0;
  const entries = tensors.map(({ name, shape, type = "F32" }) => {
    const start = end;
    end += shape.reduce((product, size) => product * size, 1) * BYTES[type];
    return [name, { dtype: type, shape, data_offsets: [start, end] }] as const;
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const padding = Buffer.alloc((ALIGNMENT - (header.length % ALIGNMENT)) % ALIGNMENT, " ");
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length + padding.length));
  await writeWhole(path, async (file) => {
    await file.writeFile(Buffer.concat([length, header, padding]));
    for (const [i, { name, blocks }] of tensors.entries()) {
      let bytes = 0;
      for await (const { buffer, byteOffset, byteLength } of blocks) {
        await file.writeFile(new Uint8Array(buffer, byteOffset, byteLength));
        bytes += byteLength;
      }
      const [first, last] = entries[i][1].data_offsets;
      if (bytes !== last - first) throw new Error(`tensor ${name} has ${bytes} bytes, not ${last - first}`);
    }
  });
}
