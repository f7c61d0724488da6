import { join } from "node:path";
import { InputError, OutputError } from "../../errors.js";
import type { KnownLists } from "../../search/ivf/known-lists.js";
import { roomForLists } from "../../search/ivf/lookup/look-up-rows.js";
import type { ListsWanted } from "../../steps/neighbours/indexes/index-options.js";
import { NpyWriter, readNpy } from "../../store/arrays/npy-file.js";
import { checkFacts, readFacts, type SummedFiles, writeFacts } from "../../store/files/facts-file.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { writeNewFolder } from "../../store/files/new-folder.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { Shard } from "../../types/shard.js";
import type { SideName } from "../../types/texts.js";

/** A shard whose rows' lists several tiles need. */
export interface ListedShard {
  side: SideName;
  shard: Shard;
}

type ListFacts = SummedFiles & ListsWanted;

const FILE = "lists.npy";
const factsPath = (folder: string) => join(folder, "lists.json");

/**
 * Keeps in a folder of centroids which lists the rows of a shard look at, so that tiles of one shard look for them once.
 * What is there and sound is read. Where another tile is writing it, or nothing can be written, it is found and not kept.
 */
export async function cachedLists(
  folder: string,
  listed: ListedShard,
  wanted: ListsWanted,
  find: () => Promise<KnownLists>,
): Promise<KnownLists> {
  const path = join(folder, nameOf(listed, wanted));
  const known = await readLists(path, wanted);
  if (known) return known;
  const found = await find();
  try {
    await using held = await holdFolder(path);
    await writeNewFolder(held.path, (staging) => writeLists(staging, found, wanted), { replace: true });
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
  }
  return found;
}

const nameOf = ({ side, shard: { number, of } }: ListedShard, { each }: ListsWanted) =>
  `${side}-${number}-of-${of}-lists-${each}`;

/** Whether an entry of a folder of centroids is such a folder, or lies beside one while it is written. */
export const isOfLists = (name: string): boolean => /^\.?(?:source|target)-\d+-of-\d+-lists-\d+/.test(name);

async function readLists(path: string, wanted: ListFacts): Promise<KnownLists | undefined> {
  try {
    const { files, ...facts } = await readFacts<ListFacts>(factsPath(path), "");
    if (JSON.stringify(facts) !== JSON.stringify(wanted)) return undefined;
    await checkFacts(factsPath(path), { files }, "");
    const lists = roomForLists(wanted.rows, wanted.each);
    lists.set(readNpy(join(path, FILE)) as Uint16Array);
    return { each: wanted.each, lists };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

async function writeLists(folder: string, { each, lists }: KnownLists, facts: ListFacts): Promise<void> {
  const file = await NpyWriter.open(temporaryPath(join(folder, FILE)), "<u2", each);
  await file.append(lists);
  await file.finish(join(folder, FILE));
  await writeFacts(factsPath(folder), facts, { beside: [FILE] });
}
