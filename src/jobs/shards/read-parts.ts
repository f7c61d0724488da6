import { InputError, OptionError } from "../../errors.js";
import { differencesBetween } from "../../store/run/key-differences.js";
import type { PartInfo } from "./part.js";
import { readPartInfo } from "./part-folder.js";

/** A part and the folder that it lies in. */
export interface Part {
  folder: string;
  info: PartInfo;
}

/**
 * Reads what the parts of one search are of.
 *
 * @returns all of them, in the order of their shards
 * @throws InputError if one is not a part, is of another search, or of a shard that another one is of; and if shards
 *   are missing, which it names
 */
export async function readParts(folders: readonly string[]): Promise<Part[]> {
  if (folders.length === 0)
    throw new OptionError("There is nothing to merge; expected the parts of a search.");
  const parts: Part[] = [];
  for (const folder of folders) {
    const part = { folder, info: await readPartInfo<PartInfo>(folder) };
    if (parts.length > 0) checkSameSearch(parts[0], part);
    const twin = parts.find(({ info }) => info.shard.number === part.info.shard.number);
    if (twin)
      throw new InputError(
        { path: folder },
        `is shard ${nameOf(part)}, and so is ${twin.folder}. Give each shard once.`,
      );
    parts.push(part);
  }
  const { of } = parts[0].info.shard;
  const given = new Set(parts.map(({ info }) => info.shard.number));
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((number) => !given.has(number));
  if (missing.length > 0) throw new InputError({ path: parts[0].folder }, describeMissing(missing, of));
  return parts.sort((a, b) => a.info.shard.number - b.info.shard.number);
}

function checkSameSearch(first: Part, other: Part): void {
  const keyOf = ({ info: { keys, shard } }: Part) => ({ ...keys, shards: shard.of });
  const different = differencesBetween(keyOf(first), keyOf(other));
  if (different.length === 0) return;
  const list = different.map(({ name, before, after }) => `${name} is ${after}, there ${before}`).join("; ");
  throw new InputError(
    { path: other.folder },
    `is not of the same search as ${first.folder}: ${list}. Merge the parts of one search.`,
  );
}

const nameOf = ({ info: { shard } }: Part) => `${shard.number}/${shard.of}`;

const MOST_NAMED = 8;

function describeMissing(missing: number[], of: number): string {
  const names = missing.slice(0, MOST_NAMED).map((number) => `${number}/${of}`);
  const more = missing.length > MOST_NAMED ? `, and ${missing.length - MOST_NAMED} more` : "";
  const [noun, verb] = missing.length === 1 ? ["shard", "is"] : ["shards", "are"];
  return `${noun} ${names.join(", ")}${more} of the same search ${verb} missing. Search ${missing.length === 1 ? "it" : "them"} with crisscross search --shard, and merge all.`;
}
