import { type FileHandle, open } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { explainWriteError } from "./output-error.js";
import { openNew } from "./part.js";
import { readUpTo } from "./whole-io.js";

/** Before each value stands how many bytes it has. */
const LENGTH_BYTES = 4;

/**
 * Writes values to a new file, to be read again by this process alone: all that `structuredClone` can copy.
 *
 * @throws OutputError if it cannot be written
 */
export async function spoolValues(path: string, values: AsyncIterable<unknown>): Promise<void> {
  const file = await openNew(path, 0o600);
  try {
    for await (const value of values) {
      const bytes = serialize(value);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32LE(bytes.length);
      await write(file, length, path);
      await write(file, bytes, path);
    }
  } finally {
    await file.close();
  }
}

async function write(file: FileHandle, bytes: Buffer, path: string): Promise<void> {
  try {
    await file.writeFile(bytes);
  } catch (error) {
    throw explainWriteError(error, path);
  }
}

/** The values in their order. Memory: one of them. */
export async function* readSpool(path: string): AsyncGenerator<unknown> {
  const file = await open(path);
  const length = Buffer.alloc(LENGTH_BYTES);
  try {
    while ((await readUpTo(file, length)) === LENGTH_BYTES) {
      const bytes = Buffer.allocUnsafeSlow(length.readUInt32LE());
      await readUpTo(file, bytes);
      yield deserialize(bytes);
    }
  } finally {
    await file.close();
  }
}
