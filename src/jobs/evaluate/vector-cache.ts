import { createHash } from "node:crypto";
import { join } from "node:path";
import type { JobEvent } from "../../events.js";
import { areFinite } from "../../statistics/are-finite.js";
import { KeyedRows } from "../../store/arrays/keyed-rows.js";
import { KEY_BYTES } from "../../store/arrays/row-sums.js";
import { lock } from "../../store/files/lock.js";
import { makeFolder } from "../../store/files/make-folder.js";
import { explainWriteError } from "../../store/files/output-error.js";
import type { Encoder } from "../../types/encoder.js";
import { warning } from "../../wording.js";

/**
 * An encoder that remembers every sentence it has encoded in a folder, by its space and the sentence's text. A vector
 * that is damaged on the disk is encoded again, which is told.
 *
 * An int8 model quantises a batch at a time, so a remembered vector may differ a little from one encoded among others.
 * Memory: about 100 bytes a remembered sentence.
 *
 * @throws OutputError if another process uses the same space there, or the folder cannot be written
 */
export async function cacheVectors(
  encoder: Encoder,
  folder: string,
  onEvent: (event: JobEvent) => void = () => {},
): Promise<Encoder> {
  const { space, dimensions, prompts, tasks, languages } = encoder;
  const place = join(folder, `${space.replace(/[^\w.-]/g, "_")}-${digest(space).toString("hex", 0, 4)}`);
  const { rows, held } = await openPlace(place, dimensions);
  return {
    ...encoder,
    encode: async (texts, options) => {
      // Before each text stands what the encoder puts there, what it is encoded for, and its language.
      const side = options?.side ?? "source";
      const [task, prompt] = [tasks?.[side], prompts?.[side]];
      const language = languages?.codeOf(side, options?.language);
      const before = `${language ? `${language}\0\0\0` : ""}${task ? `${task}\0\0` : ""}${prompt ? `${prompt}\0` : ""}`;
      const keyed = (text: string) => keyOf(before + text);
      const vectors = new Float32Array(texts.length * dimensions);
      const slot = (i: number) => vectors.subarray(i * dimensions, (i + 1) * dimensions);
      const states = texts.map((text, i) => rows.get(keyed(text), slot(i)));
      const missing = [...new Set(texts.filter((_, i) => states[i] !== "sound"))];
      if (missing.length === 0) return vectors;
      const damaged = new Set(texts.filter((_, i) => states[i] === "damaged")).size;
      if (damaged > 0) onEvent(warning(describeDamage(place, damaged)));
      const fresh = await encoder.encode(missing, options);
      // What is no number is refused by whoever asked; to remember it would outlive its mending.
      if (!areFinite(fresh)) return encoder.encode(texts, options);
      try {
        rows.put(missing.map(keyed), fresh);
      } catch (error) {
        throw explainWriteError(error, place);
      }
      const rowOf = new Map(missing.map((text, row) => [text, row]));
      for (const [i, text] of texts.entries()) {
        const row = rowOf.get(text);
        if (row !== undefined) slot(i).set(fresh.subarray(row * dimensions, (row + 1) * dimensions));
      }
      return vectors;
    },
    close: async () => {
      rows[Symbol.dispose]();
      await held[Symbol.asyncDispose]();
      await encoder.close?.();
    },
  };
}

async function openPlace(place: string, dimensions: number) {
  try {
    await makeFolder(place);
    const held = await lock(join(place, ".lock"), place);
    try {
      return { held, rows: await KeyedRows.open(place, dimensions) };
    } catch (error) {
      await held[Symbol.asyncDispose]();
      throw error;
    }
  } catch (error) {
    throw explainWriteError(error, place);
  }
}

function describeDamage(place: string, damaged: number): string {
  const what = damaged === 1 ? "a remembered vector is" : `${damaged} remembered vectors are`;
  return `${place}: ${what} damaged, and made again.`;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function keyOf(text: string): Uint8Array {
  return digest(text).subarray(0, KEY_BYTES);
}
