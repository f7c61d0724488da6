import { createHash } from "node:crypto";
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { lock } from "../../store/files/lock.js";
import { explainWriteError } from "../../store/files/output-error.js";
import type { Encoder } from "../../types/encoder.js";

const KEY_BYTES = 16;

/**
 * An encoder that remembers every sentence it has encoded in a folder, by its space and the sentence's text.
 *
 * An int8 model quantises a batch at a time, so a remembered vector may differ a little from one encoded among others.
 * Memory: about 100 bytes a remembered sentence.
 *
 * @throws OutputError if another process uses the same space there, or the folder cannot be written
 */
export async function cacheVectors(encoder: Encoder, folder: string): Promise<Encoder> {
  const { space, dimensions, prompts } = encoder;
  const place = join(folder, `${space.replace(/[^\w.-]/g, "_")}-${digest(space).toString("hex", 0, 4)}`);
  let cache: VectorCache;
  let release: () => Promise<void>;
  try {
    await mkdir(place, { recursive: true });
    release = await lock(join(place, ".lock"), place);
    cache = new VectorCache(place, dimensions);
  } catch (error) {
    throw explainWriteError(error, place);
  }
  return {
    ...encoder,
    encode: async (texts, options) => {
      // Before each text stands what the encoder puts there.
      const prompt = prompts?.[options?.side ?? "source"];
      const keyed = (text: string) => (prompt ? `${prompt}\0${text}` : text);
      const missing = [...new Set(texts.filter((text) => !cache.has(keyed(text))))];
      if (missing.length > 0) {
        const fresh = await encoder.encode(missing, options);
        // What is no number is refused by whoever asked; to remember it would outlive its mending.
        if (!fresh.every(Number.isFinite)) return encoder.encode(texts, options);
        cache.add(missing.map(keyed), fresh);
      }
      const vectors = new Float32Array(texts.length * dimensions);
      for (const [row, text] of texts.entries())
        cache.read(keyed(text), vectors.subarray(row * dimensions, (row + 1) * dimensions));
      return vectors;
    },
    close: async () => {
      cache.close();
      await release();
      await encoder.close?.();
    },
  };
}

/** Two files of a space: keys, and rows in the same order. Rows are written first, so a key always has its row. */
class VectorCache {
  private readonly rowOf = new Map<string, number>();
  private readonly keys: number;
  private readonly rows: number;
  private readonly rowBytes: number;

  constructor(folder: string, dimensions: number) {
    this.rowBytes = 4 * dimensions;
    this.keys = openSync(join(folder, "keys"), "a+");
    this.rows = openSync(join(folder, "rows"), "a+");
    this.loadKeys();
  }

  has(text: string): boolean {
    return this.rowOf.has(keyOf(text));
  }

  add(texts: readonly string[], vectors: Float32Array): void {
    const fresh = [...texts.keys()].filter((i) => !this.has(texts[i]));
    const bytes = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
    writeSync(
      this.rows,
      Buffer.concat(fresh.map((i) => bytes.subarray(i * this.rowBytes, (i + 1) * this.rowBytes))),
    );
    writeSync(this.keys, Buffer.concat(fresh.map((i) => digest(texts[i]).subarray(0, KEY_BYTES))));
    for (const i of fresh) this.rowOf.set(keyOf(texts[i]), this.rowOf.size);
  }

  read(text: string, into: Float32Array): void {
    const position = this.rowOf.get(keyOf(text))! * this.rowBytes;
    readSync(
      this.rows,
      new Uint8Array(into.buffer, into.byteOffset, into.byteLength),
      0,
      this.rowBytes,
      position,
    );
  }

  close(): void {
    closeSync(this.keys);
    closeSync(this.rows);
  }

  /** Cuts both files to what they have in common: a killed process may have written rows without their keys. */
  private loadKeys(): void {
    const count = Math.min(
      Math.floor(fstatSync(this.keys).size / KEY_BYTES),
      Math.floor(fstatSync(this.rows).size / this.rowBytes),
    );
    ftruncateSync(this.keys, count * KEY_BYTES);
    ftruncateSync(this.rows, count * this.rowBytes);
    const keys = Buffer.alloc(count * KEY_BYTES);
    readSync(this.keys, keys, 0, keys.length, 0);
    for (let row = 0; row < count; row++)
      this.rowOf.set(keys.toString("base64", row * KEY_BYTES, (row + 1) * KEY_BYTES), row);
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function keyOf(text: string): string {
  return digest(text).toString("base64", 0, KEY_BYTES);
}
