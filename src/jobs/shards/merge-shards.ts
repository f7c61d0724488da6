import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError } from "../../errors.js";
import type { JobEvent, JobListeners } from "../../events.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import { CANDIDATES } from "../../steps/neighbours/search-outlines.js";
import { openRun } from "../../steps/runs/run.js";
import { identifyFile } from "../../steps/texts/identify.js";
import { type Side, sideStage } from "../../steps/texts/side.js";
import { nameBytes, type SideText } from "../../steps/texts/source-kind.js";
import { readCandidateInfo } from "../../store/corpus/candidate-files.js";
import { writeGroups } from "../../store/corpus/group-files.js";
import { refuseFileName } from "../../store/files/file-name.js";
import type { Stage } from "../../store/run/stage.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { joinShards, type MergedBackward, mergeBackward } from "./merge-lists.js";
import { readShards, type ShardFolder } from "./read-shards.js";
import { checkShardFiles } from "./shard-files.js";
import type { ShardInfo } from "./shard-info.js";

/** Where the texts of a search lie by now. */
export interface MergeShardsOptions extends JobListeners {
  /** Where the source's text lies, if it has moved since it was searched. @default where it was */
  source?: string;
  /** Where the target's text lies, if it has moved since it was searched. @default where it was */
  target?: string;
}

/** The names of `MergeShardsOptions`. */
export const MERGE_SHARDS_OPTIONS: OptionNames<MergeShardsOptions> = {
  source: true,
  target: true,
  signal: true,
  onEvent: true,
};

/** The search that the shards made up. */
export interface MergeSummary {
  /** Shards that were merged. */
  shards: number;
  /** Distinct pairs among the neighbours of either direction. */
  candidates: number;
  /** What is told of the whole search. */
  facts: SearchFacts;
}

/**
 * Merges the shards of one search into a run folder that `selectRun` chooses pairs from: the same files as `mine` makes
 * from the same vectors, however many shards there are. The neighbours of all shards are merged before any mean is
 * taken, since a mean over some of them would make margins too high.
 *
 * Memory: a block of a shard, the candidates of 262,144 sources, or of as many targets if those are more, and the texts
 * of one side.
 *
 * @throws InputError if these are not all shards of one search, or a text has changed; OutputError
 */
export async function mergeShards(
  folders: readonly string[],
  output: string,
  options: MergeShardsOptions = {},
): Promise<MergeSummary> {
  refuseUnknown("mergeShards", options, MERGE_SHARDS_OPTIONS);
  refuseFileName(output);
  const { signal, onEvent = () => {} } = options;
  const shards = await readShards(folders);
  const texts = {
    source: await findText("source", shards[0], options.source),
    target: await findText("target", shards[0], options.target),
  };
  await using run = await openRun(output, "mine", onEvent);
  for (const name of ["source", "target"] as const) {
    const side = await run.keep(textStage(name, texts[name], shards[0].info, { signal, onEvent }));
    side.close();
  }
  await run.keep(mergedStage(shards, run.folder, { signal, onEvent }));
  const { facts, length } = await readCandidateInfo<SearchFacts>(run.folder);
  return { shards: shards.length, candidates: length, facts };
}

interface Listeners {
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

type FoundText = { path: string } & Required<Pick<SideText, "hash">> & Pick<SideText, "state">;

/** A side's text, which must still be the one that was searched. */
async function findText(name: SideName, { folder, info }: ShardFolder, given?: string): Promise<FoundText> {
  // The real path of a link's target: relative paths start there.
  const path = given ?? resolve(await realpath(folder), info.texts[name].path);
  if (!existsSync(path))
    throw new InputError(
      { path },
      given === undefined ? `the ${name}'s text is no longer there.` : "cannot be found.",
      { advice: given === undefined ? say`Say where it is with ${option(name)}.` : undefined },
    );
  const { hash, state } = await identifyFile(path);
  if (hash !== info.keys[name].input)
    throw new InputError({ path }, `is not the text whose vectors ${folder} was searched with.`);
  return { path, hash, state };
}

function textStage(
  name: SideName,
  { path, ...known }: FoundText,
  { keys, texts }: ShardInfo,
  listeners: Listeners,
): Stage<Side> {
  const { minCharacters, maxCharacters } = keys[name] as { minCharacters?: number; maxCharacters?: number };
  const text = { ...nameBytes(path, texts[name].read), ...known };
  return sideStage(text, { side: name, minCharacters, maxCharacters, ...listeners });
}

function mergedStage(
  shards: readonly ShardFolder[],
  folder: string,
  listeners: Listeners,
): Stage<unknown, MergedBackward> {
  const { signal, onEvent } = listeners;
  const onProgress = (done: number, total: number) =>
    onEvent({ kind: "progress", stage: "merge", done, total, unit: "sentences" });
  return {
    ...CANDIDATES,
    key: shards[0].info.keys.candidates,
    make: async () => {
      for (const shard of shards) await checkShardFiles(shard.folder, shard.info);
      return await mergeBackward(shards, folder, { signal, onProgress });
    },
    save: async (backward) => {
      await writeGroups(folder, undefined);
      await joinShards(shards, backward, folder, { signal, onProgress });
    },
    load: () => readCandidateInfo(folder),
  };
}
