import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { checkBudget } from "../../check-values.js";
import { InputError } from "../../errors.js";
import type { JobEvent, JobListeners } from "../../events.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import { CANDIDATES } from "../../steps/neighbours/search-outlines.js";
import { openRun } from "../../steps/runs/run.js";
import { identifyFile } from "../../steps/texts/identify.js";
import { nameBytes, type SideText } from "../../steps/texts/source-kind.js";
import { type SpooledSide, streamedSideStage } from "../../steps/texts/streamed-side.js";
import type { RecordSorter } from "../../store/arrays/record-sorter.js";
import { readCandidateInfo } from "../../store/corpus/candidate-files.js";
import { writeGroups } from "../../store/corpus/group-files.js";
import { refuseFileName } from "../../store/files/file-name.js";
import type { Stage } from "../../store/run/stage.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { joinTiles, mergeBackward } from "./merge-lists.js";
import { readTiles } from "./read-tiles.js";
import { checkTile, type TileFolder } from "./tile-files.js";
import type { TileInfo } from "./tile-info.js";

/** Where the texts of a search lie by now. */
export interface MergeTilesOptions extends JobListeners {
  /** Where the source's text lies, if it has moved since it was searched. @default where it was */
  source?: string;
  /** Where the target's text lies, if it has moved since it was searched. @default where it was */
  target?: string;
  /** Fields of JSON and columns of TSV with a header that are kept with each sentence, such as `url`. @default none */
  fields?: readonly string[];
  /**
   * Bytes that may be held to sort in; the rest goes to files of the run folder meanwhile. At least 1 MiB. @default 64 MiB
   */
  memory?: number;
}

/** The names of `MergeTilesOptions`. */
export const MERGE_TILES_OPTIONS: OptionNames<MergeTilesOptions> = {
  source: true,
  target: true,
  fields: true,
  memory: true,
  signal: true,
  onEvent: true,
};

const LEAST_MEMORY = 2 ** 20;

/** The search that the tiles made up. */
export interface MergeSummary {
  /** Tiles that were merged. */
  tiles: number;
  /** Distinct pairs among the neighbours of either direction. */
  candidates: number;
  /** What is told of the whole search. */
  facts: SearchFacts;
}

/**
 * Merges all tiles of one search into a run folder that `selectRun` chooses pairs from: the same files as `mine` makes
 * from the same vectors, however many tiles there are, and whether some were merged before by `mergePartially`. The
 * neighbours of all tiles are merged before any mean is taken, since a mean over some of them would make margins too high.
 *
 * Memory: 8,192 rows' neighbours, the candidates of 4,096 sources, or of as many targets if those are more, and what
 * `memory` says, whatever the size of the sides.
 *
 * @throws InputError if these are not all tiles of one search, one is damaged, or a text has changed; OutputError
 */
export async function mergeTiles(
  folders: readonly string[],
  output: string,
  options: MergeTilesOptions = {},
): Promise<MergeSummary> {
  refuseUnknown("mergeTiles", options, MERGE_TILES_OPTIONS);
  refuseFileName(output);
  const { fields, memory = 2 ** 26, signal, onEvent = () => {} } = options;
  checkBudget(memory, LEAST_MEMORY);
  const { tiles } = await readTiles(folders);
  const texts = {
    source: await findText("source", tiles[0], options.source),
    target: await findText("target", tiles[0], options.target),
  };
  await using run = await openRun(output, "mine", onEvent);
  for (const name of ["source", "target"] as const)
    await run.keep(
      textStage(name, texts[name], tiles[0].info, { folder: run.folder, fields, memory, signal, onEvent }),
    );
  await run.keep(mergedStage(tiles, run.folder, { memory, signal, onEvent }));
  const { facts, length } = await readCandidateInfo<SearchFacts>(run.folder);
  return { tiles: tiles.length, candidates: length, facts };
}

interface Settings {
  memory: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

type FoundText = { path: string } & Required<Pick<SideText, "hash">> & Pick<SideText, "state">;

/** A side's text, which must still be the one that was searched. */
async function findText(name: SideName, { folder, info }: TileFolder, given?: string): Promise<FoundText> {
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
  { keys, texts }: TileInfo,
  { fields, memory, ...more }: Settings & Pick<MergeTilesOptions, "fields"> & { folder: string },
): Stage<unknown, SpooledSide> {
  const { minCharacters, maxCharacters } = keys[name] as { minCharacters?: number; maxCharacters?: number };
  const text = { ...nameBytes(path, { ...texts[name].read, fields }), ...known };
  const options = { side: name, minCharacters, maxCharacters, memoryBytes: memory, ...more };
  return streamedSideStage(text, options);
}

function mergedStage(
  tiles: readonly TileFolder[],
  folder: string,
  { memory, signal, onEvent }: Settings,
): Stage<unknown, RecordSorter> {
  const onProgress = (done: number, total: number) =>
    onEvent({ kind: "progress", stage: "merge", done, total, unit: "sentences" });
  return {
    ...CANDIDATES,
    key: tiles[0].info.keys.candidates,
    make: async () => {
      for (const tile of tiles) await checkTile(tile);
      return mergeBackward(tiles, folder, { memory, signal, onProgress });
    },
    save: async (backward) => {
      await writeGroups(folder, undefined);
      await joinTiles(tiles, backward, folder, { signal, onProgress });
    },
    load: () => readCandidateInfo(folder),
  };
}
