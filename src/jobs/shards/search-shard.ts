import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import type { CleanOptions } from "../../clean/clean.js";
import { CLEAN_OPTIONS } from "../../clean/clean.js";
import { InputError, OptionError } from "../../errors.js";
import type { JobEvent, JobListeners } from "../../events.js";
import { checkShard, cutShard, type Shard } from "../../search/shard.js";
import { candidatesKey } from "../../steps/neighbours/candidates-stage.js";
import { type Settled, settleFind } from "../../steps/neighbours/find-options.js";
import { chooseEngine, tellEngine } from "../../steps/neighbours/indexes/choose-engine.js";
import type { IndexName, IndexOptions } from "../../steps/neighbours/indexes/index-options.js";
import { openIndex } from "../../steps/neighbours/indexes/indexes.js";
import { prepareSides, warnOfClippedK } from "../../steps/neighbours/prepare-sides.js";
import {
  checkDimensions,
  checkForeign,
  FOREIGN_OPTIONS,
  type ForeignOptions,
  isVectors,
  tellForeign,
} from "../../steps/texts/foreign-options.js";
import { nameSource, type VectorsSource } from "../../steps/texts/source-kind.js";
import { boundK, centringKey } from "../../steps/vectors/few-sides.js";
import { refuseOtherVectors } from "../../store/arrays/other-vectors.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { writeNewFolder } from "../../store/files/new-folder.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { makeAnew } from "../../store/run/stage.js";
import type { SideName } from "../../types/texts.js";
import { note, option, say } from "../../wording.js";
import { checkShardFiles, readShardInfo, writeShard } from "./shard-files.js";
import { isSameShard, type ShardInfo, textsBeside } from "./shard-info.js";
import { listShard } from "./shard-lists.js";
import { openShardSides } from "./shard-sides.js";

/** Indexes whose neighbours do not depend on how the source is cut. */
const SHARDED: readonly IndexName[] = ["auto", "exact", "ivf"];

/** Which shard of the source is searched, and how. */
export interface SearchShardOptions
  extends CleanOptions,
    Pick<IndexOptions, "index" | "searchType" | "searchEffort" | "threads">,
    ForeignOptions,
    JobListeners {
  /** Which share of the source is searched. @default all of it */
  shard?: Shard;
  /** Neighbours of each sentence that make its neighbourhood and its candidates. @default 4 */
  k?: number;
  /**
   * `copies`: a sentence and its untranslated copy are never neighbours.
   * @default none
   */
  guard?: "copies";
  /** Subtract the mean of each whole side from its vectors before they are searched. @default as the encoder asks */
  centre?: boolean;
  /** Where the text of the source's vectors lies, if it has moved since they were made. @default where it was; it need not be there */
  sourceText?: string;
  /** Where the text of the target's vectors lies. @default where it was; it need not be there */
  targetText?: string;
}

/** The names of `SearchShardOptions`. */
export const SEARCH_SHARD_OPTIONS: OptionNames<SearchShardOptions> = {
  ...CLEAN_OPTIONS,
  ...FOREIGN_OPTIONS,
  shard: true,
  k: true,
  guard: true,
  centre: true,
  sourceText: true,
  targetText: true,
  threads: true,
  index: true,
  searchType: true,
  searchEffort: true,
  signal: true,
  onEvent: true,
};

/** The shard that was searched. */
export interface ShardSummary {
  /** Which one it is. */
  shard: Shard;
  /** Sentences that were searched: the shard's of the source, all of the target. */
  rows: Record<SideName, number>;
  /** Whether it had been written before. */
  kept: boolean;
}

/**
 * Searches a shard of the source against the whole target, both ways, and writes the result into a folder: what
 * `mergeShards` makes of all shards is what `mine` finds with the same vectors.
 *
 * Memory: both sides' vectors and texts, as for `mine` without a budget.
 *
 * @param source vectors that `embedFile` made of a file, by their path (`.npy`); or another program, as for `mine`
 * @throws OptionError, InputError, IndexError, OutputError; the signal's reason when it aborts
 */
export async function searchShard(
  source: string,
  target: string,
  output: string,
  options: SearchShardOptions = {},
): Promise<ShardSummary> {
  const settings = settleShard(source, target, options);
  try {
    await using folder = await holdFolder(output);
    if (folder.entries.length > 0) await readShardInfo(folder.path);
    return await searchInto(folder.path, settings);
  } catch (error) {
    throw explainWriteError(error, output);
  }
}

type ShardSettings = Settled<SearchShardOptions> & { shard: Shard; sources: Record<SideName, VectorsSource> };

function settleShard(source: string, target: string, options: SearchShardOptions): ShardSettings {
  refuseUnknown("searchShard", options, SEARCH_SHARD_OPTIONS);
  const { shard = { number: 1, of: 1 }, index = "auto" } = options;
  checkShard(shard);
  const settled = settleFind(options);
  if (!SHARDED.includes(index))
    throw new OptionError(
      say`${option("index", index)} builds a graph over a whole side, whose neighbours would depend on the shards.`,
      { advice: "Leave it out, or mine both sides at once." },
    );
  const { sourceText, targetText } = options;
  const sources = {
    source: nameVectors(source, "source", { text: sourceText, foreign: options }),
    target: nameVectors(target, "target", { text: targetText, foreign: options }),
  };
  checkForeign([sources.source, sources.target], options);
  checkDimensions([sources.source, sources.target], options);
  tellForeign(sources, settled);
  return { ...settled, shard, sources };
}

function nameVectors(
  path: string,
  side: SideName,
  given: { text?: string; foreign: ForeignOptions },
): VectorsSource {
  const source = isVectors(path, given.foreign, given.text !== undefined)
    ? nameSource(path, side, given)
    : undefined;
  if (source?.kind === "vectors") return source;
  refuseOtherVectors(path);
  throw new OptionError(`${path}: is not a file of vectors (.npy).`, {
    advice: "Make one with crisscross embed.",
  });
}

async function searchInto(path: string, settings: ShardSettings): Promise<ShardSummary> {
  const { sources, shard, k, guard, signal, onEvent } = settings;
  const { sides, texts, stages, sideKeys, centre, dimensions } = await openShardSides(sources, settings);
  const neighbourhood = boundK(settings, centre, sides);
  const vectorsKey = {
    "source vectors": stages.source.key,
    "target vectors": stages.target.key,
    ...centringKey(centre, sides),
  };
  const sentences = { source: sides.source.texts.length, target: sides.target.texts.length };
  const engine = chooseEngine(settings, { ...sentences, dimensions });
  const index = openIndex(engine, settings, { keep: makeAnew, vectorsKey, signal, onEvent });
  const keys = {
    ...sideKeys,
    candidates: candidatesKey({ ...vectorsKey, ...index.key }, neighbourhood, guard),
  };
  const before = await readShardInfo<ShardInfo>(path).catch(() => undefined);
  if (before && isSameShard(before, { keys, shard }) && (await isSound(path, before, onEvent)))
    return { shard, rows: before.rows, kept: true };

  tellEngine(engine, settings, onEvent);
  using source = await stages.source.make();
  using target = await stages.target.make();
  const whole = prepareSides(sides, { source, target }, { centre, onEvent });
  warnOfClippedK(neighbourhood, whole, onEvent);
  const searched = { source: cutShard(whole.source, shard), target: whole.target };
  const wanted = k + index.extra;
  const found = await index.search(searched, wanted, whole);
  const listed = await listShard(found, searched, sides, guard);
  const rows = { source: listed.rows.source.length, target: listed.rows.target.length };
  const info: ShardInfo = {
    shard,
    keys,
    k,
    wanted,
    rows,
    slots: { forward: listed.lists.forward.k, backward: listed.lists.backward.k },
    facts: { space: whole.space, dimensions, centre },
    sentences,
    searched: { source: whole.source.vectors.rows, target: whole.target.vectors.rows },
    texts: textsBeside(path, texts),
  };
  signal?.throwIfAborted();
  await writeNewFolder(path, (staging) => writeShard(staging, info, listed), { replace: true });
  return { shard, rows, kept: false };
}

/** Whether a shard is as it was written; if not, it is told why it is searched again. */
async function isSound(path: string, info: ShardInfo, onEvent: (event: JobEvent) => void): Promise<boolean> {
  try {
    await checkShardFiles(path, info);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onEvent(note(`searched again: ${error.explain({ advice: false })}`));
    return false;
  }
}
