import type { FileHandle } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { readUpTo } from "../../store/files/whole-io.js";

/** A file as the library reads it. */
interface Sliced {
  byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

/** The bytes of a file of Parquet. */
export interface ParquetBytes {
  /**
   * Lets the library read. Once that has failed, what it still waits for never comes: it starts the columns of a row
   * group one by one, and if a damaged index stops it half way, nobody would catch what becomes of the first ones, and
   * Node would end the process.
   */
  use<T>(read: (file: Sliced) => Promise<T>): Promise<T>;
}

export async function openBytes(handle: FileHandle): Promise<ParquetBytes> {
  const { size } = await handle.stat();
  return {
    use: async (read) => {
      let failed = false;
      const slice = async (start: number, end = size): Promise<ArrayBuffer> => {
        // Whatever the library throws at once is known by then.
        await setImmediate();
        if (failed) return await new Promise(() => {});
        // A damaged index may name any place.
        if (!(start >= 0 && start <= end && end <= size)) throw new Error("unexpected end of file");
        const bytes = new Uint8Array(end - start);
        if ((await readUpTo(handle, bytes, start)) < bytes.length) throw new Error("unexpected end of file");
        return bytes.buffer;
      };
      const file: Sliced = {
        byteLength: size,
        slice: (start, end) => {
          const bytes = slice(start, end);
          // What is fetched beforehand may never be asked for.
          bytes.catch(() => {});
          return bytes;
        },
      };
      try {
        return await read(file);
      } catch (error) {
        failed = true;
        throw error;
      }
    },
  };
}
