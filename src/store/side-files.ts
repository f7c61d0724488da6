import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Texts } from "../types.js";
import { FileTexts, textFiles, writeTexts } from "./file-texts.js";
import { NpyWriter, readNpy } from "./npy-file.js";
import { Places } from "./places.js";
import { partName, writeWholeText } from "./whole-file.js";

/** What a run folder keeps of one side, `C` being its counts. */
export interface SideRecord<C> {
  texts: Texts;
  places: Places;
  counts: C;
  /** SHA-256 of the texts with their lengths. */
  textHash: string;
  /** Closes the files that texts are read from. */
  close(): void;
}

/** Writes `NAME.txt`, its offsets, places and identifiers, and `NAME.json`. */
export async function writeSide<C>(folder: string, name: string, side: SideRecord<C>): Promise<void> {
  const { texts, places, counts, textHash } = side;
  const path = join(folder, `${name}.txt`);
  await writeTexts(path, texts);

  const table = await NpyWriter.open(partName(placesPath(folder, name)), "<f8", 2);
  await table.append(places.table());
  await table.finish(placesPath(folder, name));

  if (places.identifiers.length > 0) await writeTexts(idsPath(folder, name), places.identifiers);
  else for (const path of textFiles(idsPath(folder, name))) await rm(path, { force: true });
  await writeWholeText(join(folder, `${name}.json`), `${JSON.stringify({ textHash, counts })}\n`);
}

/** Opens what `writeSide` wrote; texts and identifiers stay in their files. */
export async function openSide<C>(folder: string, name: string): Promise<SideRecord<C>> {
  const { textHash, counts } = JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"));
  const table = readNpy(placesPath(folder, name)) as Float64Array;
  const ids = existsSync(idsPath(folder, name)) ? FileTexts.open(idsPath(folder, name)) : undefined;
  const places = new Places(ids);
  for (let i = 0; i < table.length; i += 2) places.add(table[i], table[i + 1]);
  const texts = FileTexts.open(join(folder, `${name}.txt`));
  const close = () => {
    texts.close();
    ids?.close();
  };
  return { texts, places, counts, textHash, close };
}

/** What the files may be called that keep a side. */
export function sideFiles(name: string): string[] {
  const [texts, ids] = [`${name}.txt`, idsPath("", name)];
  return [...textFiles(texts), placesPath("", name), ...textFiles(ids), `${name}.json`];
}

const placesPath = (folder: string, name: string) => join(folder, `${name}.places.npy`);
const idsPath = (folder: string, name: string) => join(folder, `${name}.ids.txt`);
