import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Texts } from "../../types/texts.js";
import { readNpy } from "../arrays/npy-file.js";
import { FileTexts, textFiles } from "./file-texts.js";
import { Places, type StoredPlaces } from "./places.js";
import { fieldsPath, idsPath, placesPath, SideWriter } from "./side-writer.js";

/** What a run folder keeps of one side, `C` being its counts. */
export interface SideRecord<C> {
  texts: Texts;
  places: Places;
  counts: C;
  /** SHA-256 of the texts with their lengths. */
  textHash: string;
  /** Names of the fields that are kept of each place. */
  fields?: readonly string[];
  /** Closes the files that texts are read from. */
  close(): void;
}

const BATCH = 4096;

/** Writes the side with a `SideWriter`. */
export async function writeSide<C>(folder: string, name: string, side: SideRecord<C>): Promise<void> {
  const { texts, places } = side;
  await using writer = await SideWriter.open(folder, name);
  for (let start = 0; start < places.length; start += BATCH) {
    const size = Math.min(BATCH, places.length - start);
    await writer.write(
      Array.from({ length: size }, (_, i) => places.at(start + i)),
      (text) => texts.get(text),
    );
  }
  await writer.finish(side);
}

/**
 * Opens what `writeSide` wrote; texts and identifiers stay in their files. Places are read when they are first asked for:
 * a copy made with `...` asks.
 */
export async function openSide<C>(folder: string, name: string): Promise<SideRecord<C>> {
  const { textHash, counts, fields } = JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"));
  const stored = {
    ids: openIfAny(idsPath(folder, name)),
    fields: openIfAny(fieldsPath(folder, name)),
  };
  let read: Places | undefined;
  const texts = FileTexts.open(join(folder, `${name}.txt`));
  const close = () => {
    texts.close();
    stored.ids?.close();
    stored.fields?.close();
  };
  return {
    texts,
    get places() {
      read ??= readPlaces(placesPath(folder, name), stored);
      return read;
    },
    ...{ counts, textHash, fields, close },
  };
}

function readPlaces(path: string, stored: StoredPlaces): Places {
  const places = new Places(stored);
  const table = readNpy(path) as Float64Array;
  for (let i = 0; i < table.length; i += 2) places.add(table[i], table[i + 1]);
  return places;
}

export function openIfAny(path: string): FileTexts | undefined {
  return existsSync(path) ? FileTexts.open(path) : undefined;
}

/** What the files may be called that keep a side. */
export function sideFiles(name: string): string[] {
  const texts = [`${name}.txt`, idsPath("", name), fieldsPath("", name)];
  return [...texts.flatMap(textFiles), placesPath("", name), `${name}.json`];
}
