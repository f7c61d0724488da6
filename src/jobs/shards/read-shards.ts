import { InputError, OptionError } from "../../errors.js";
import { differencesBetween } from "../../store/run/key-differences.js";
import { readShardInfo, type StoredShard } from "./shard-files.js";
import type { ShardInfo } from "./shard-info.js";

/** A folder of a shard's neighbours, and what they are of. */
export interface ShardFolder extends StoredShard {
  info: ShardInfo;
}

/**
 * Reads what the shards of one search are of.
 *
 * @returns all of them, in the order of their shards
 * @throws InputError if one is no shard, is of another search, or the same as another one; and if some
 *   are missing, which it names
 */
export async function readShards(folders: readonly string[]): Promise<ShardFolder[]> {
  if (folders.length === 0)
    throw new OptionError("There is nothing to merge; expected the shards of a search.");
  const shards: ShardFolder[] = [];
  for (const folder of folders) {
    const shard = { folder, info: await readShardInfo<ShardInfo>(folder) };
    if (shards.length > 0) checkSameSearch(shards[0], shard);
    const twin = shards.find(({ info }) => info.shard.number === shard.info.shard.number);
    if (twin)
      throw new InputError({ path: folder }, `is shard ${numberOf(shard)}, and so is ${twin.folder}.`, {
        advice: "Give each shard once.",
      });
    shards.push(shard);
  }
  const { of } = shards[0].info.shard;
  const given = new Set(shards.map(({ info }) => info.shard.number));
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((number) => !given.has(number));
  if (missing.length > 0)
    throw new InputError({ path: shards[0].folder }, describeMissing(missing, of), {
      advice: `Search ${missing.length === 1 ? "it" : "them"} with crisscross search --shard, and merge all.`,
    });
  return shards.sort((a, b) => a.info.shard.number - b.info.shard.number);
}

function checkSameSearch(first: ShardFolder, other: ShardFolder): void {
  const keyOf = ({ info: { keys, shard } }: ShardFolder) => ({ ...keys, shards: shard.of });
  const different = differencesBetween(keyOf(first), keyOf(other));
  if (different.length === 0) return;
  const list = different.map(({ name, before, after }) => `${name} is ${after}, there ${before}`).join("; ");
  throw new InputError({ path: other.folder }, `is not of the same search as ${first.folder}: ${list}.`, {
    advice: "Merge the shards of one search.",
  });
}

const numberOf = ({ info: { shard } }: ShardFolder) => `${shard.number}/${shard.of}`;

const MOST_NAMED = 8;

function describeMissing(missing: number[], of: number): string {
  const names = missing.slice(0, MOST_NAMED).map((number) => `${number}/${of}`);
  const more = missing.length > MOST_NAMED ? `, and ${missing.length - MOST_NAMED} more` : "";
  const [noun, verb] = missing.length === 1 ? ["shard", "is"] : ["shards", "are"];
  return `${noun} ${names.join(", ")}${more} of the same search ${verb} missing.`;
}
