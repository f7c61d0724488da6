import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Texts } from "../../types/texts.js";
import { NpyWriter, readNpy } from "../arrays/npy-file.js";
import { temporaryPath, writeWholeText } from "../files/whole-file.js";
import { FileTexts, textFiles, writeTexts } from "./file-texts.js";
import { Places, type StoredPlaces } from "./places.js";

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

/** Writes `NAME.txt`, its offsets, places, identifiers and fields, and `NAME.json`. */
export async function writeSide<C>(folder: string, name: string, side: SideRecord<C>): Promise<void> {
  const { texts, places, counts, textHash, fields } = side;
  const path = join(folder, `${name}.txt`);
  await writeTexts(path, texts);

  const table = await NpyWriter.open(temporaryPath(placesPath(folder, name)), "<f8", 2);
  await table.append(places.table());
  await table.finish(placesPath(folder, name));

  await writeIfAny(idsPath(folder, name), places.identifiers);
  await writeIfAny(fieldsPath(folder, name), places.fieldTexts);
  await writeWholeText(join(folder, `${name}.json`), `${JSON.stringify({ textHash, counts, fields })}\n`);
}

async function writeIfAny(path: string, texts: Texts): Promise<void> {
  if (texts.length > 0) return writeTexts(path, texts);
  for (const file of textFiles(path)) await rm(file, { force: true });
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

function openIfAny(path: string): FileTexts | undefined {
  return existsSync(path) ? FileTexts.open(path) : undefined;
}

/** What the files may be called that keep a side. */
export function sideFiles(name: string): string[] {
  const texts = [`${name}.txt`, idsPath("", name), fieldsPath("", name)];
  return [...texts.flatMap(textFiles), placesPath("", name), `${name}.json`];
}

const placesPath = (folder: string, name: string) => join(folder, `${name}.places.npy`);
const fieldsPath = (folder: string, name: string) => join(folder, `${name}.fields.txt`);
const idsPath = (folder: string, name: string) => join(folder, `${name}.ids.txt`);
