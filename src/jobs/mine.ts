import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { timed } from "../events.js";
import { holdLines } from "../read/hold-lines.js";
import type { TextSource } from "../read/input.js";
import {
  FIND_OPTIONS,
  type FindOptions,
  type FindSettings,
  settleFind,
} from "../steps/neighbours/find-options.js";
import { embedAndSearch } from "../steps/neighbours/search-sides.js";
import {
  CHOOSE_OPTIONS,
  type ChooseOptions,
  type ChooseSettings,
  choosePairs,
  rankSides,
  settleChoice,
} from "../steps/pairs/choose.js";
import { type MineSummary, nothingMined } from "../steps/pairs/mine-summary.js";
import { rescoreCandidates } from "../steps/pairs/rescore-candidates.js";
import {
  checkRescore,
  holdRescorer,
  RESCORE_OPTIONS,
  type RescoreOptions,
} from "../steps/pairs/rescore-options.js";
import { checkRunName, openRunOrMemory, refuseCleanAlone, refuseOwnFiles } from "../steps/runs/run.js";
import { FOREIGN_OPTIONS, type ForeignOptions, tellForeign } from "../steps/texts/foreign-options.js";
import { openSources } from "../steps/texts/open-sources.js";
import { tellEmpty } from "../steps/texts/side.js";
import { readSides } from "../steps/texts/sides.js";
import { filesOf, type NamedSource } from "../steps/texts/source-kind.js";
import { nameSources } from "../steps/vectors/vector-sources.js";
import type { ScoredPair } from "../types/pairs.js";
import type { SideName } from "../types/texts.js";

/** How texts are read, embedded and searched, and which pairs are chosen. */
export interface MineOptions
  extends FindOptions,
    ChooseOptions,
    RescoreOptions,
    Omit<ForeignOptions, "dimensions"> {
  /** With `rescore`: only candidates of at least this margin are re-scored, and no others become pairs. @default all */
  rescoreAbove?: number;
  /** A folder that keeps every stage, so that a run can go on where it was interrupted. @default none: in memory */
  run?: string;
  /** Remove vectors and indexes from the run folder at the end; `select` does not need them. @default false */
  clean?: boolean;
  /** Where the text of the source's vectors lies, if it has moved since they were made, or another program made them. @default where it was */
  sourceText?: string;
  /** Where the text of the target's vectors lies. @default where it was */
  targetText?: string;
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: MineSummary) => void;
}

/** The names of `MineOptions`. */
export const MINE_OPTIONS: OptionNames<MineOptions> = {
  ...FIND_OPTIONS,
  ...CHOOSE_OPTIONS,
  ...RESCORE_OPTIONS,
  rescoreAbove: true,
  ...FOREIGN_OPTIONS,
  run: true,
  clean: true,
  sourceText: true,
  targetText: true,
  onSummary: true,
};

/**
 * Mines translation pairs from two sides of monolingual text, the highest score first.
 *
 * Read → clean → embed → search both ways → score by margin → select (Artetxe & Schwenk 2019). Nothing starts before
 * the first pair is asked for; leaving the loop early frees everything. Memory: both sides' vectors (4 · dimensions
 * bytes for each sentence) and, without a run folder, the texts. With a re-scorer its score of a candidate takes the
 * place of the margin before pairs are selected; it reads source and target, in this order. A side without a sentence gives no pairs, and a warning.
 *
 * @param source a path, bytes, a stream, or sentences in any iterable; or vectors by their path: that `embedFile` made
 *   (`.npy`), or another program, of whose rows row n is line n of the text that is given beside them
 * @throws OptionError, InputError, ModelError, IndexError, OutputError; the signal's reason when it aborts
 */
export function mine(
  source: TextSource,
  target: TextSource,
  options: MineOptions = {},
): AsyncGenerator<ScoredPair, void, undefined> {
  holdLines(source);
  holdLines(target);
  return minePairs(source, target, options);
}

async function* minePairs(
  source: TextSource,
  target: TextSource,
  options: MineOptions,
): AsyncGenerator<ScoredPair, void, undefined> {
  const settings = await settleMine(source, target, options);
  tellForeign(settings.sources, settings);
  // What it is, is known before hours of work.
  await using held = await holdRescorer(settings);
  await using run = await openRunOrMemory("mine", settings);
  const sources = await openSources(settings.sources, run);
  using sides = await readSides(sources, settings, run);
  if (tellEmpty(sides, options.onEvent)) {
    options.onSummary?.(nothingMined(sides, run.seconds));
    return;
  }
  const { found } = await embedAndSearch(sides, sources, settings, run);
  const onError = settings.read?.onError;
  const rescored =
    held.rescorer &&
    (await rescoreCandidates({ sides, found }, held.rescorer, { ...settings, onError }, run));
  const ranked = await timed(run.seconds, "select", () => rankSides({ sides, found, rescored }, settings));
  const summary = yield* choosePairs(ranked, settings, run.seconds);
  // What was not given stays open, so that `select` may choose it.
  await run.finish(summary, options);
  options.onSummary?.(summary);
}

type MineSettings = MineOptions & FindSettings & ChooseSettings & { sources: Record<SideName, NamedSource> };

/**
 * Checks what can be checked before anything is read, and settles everything that the encoder and the texts do not
 * decide.
 */
async function settleMine(
  source: TextSource,
  target: TextSource,
  options: MineOptions,
): Promise<MineSettings> {
  refuseUnknown("mine", options, MINE_OPTIONS);
  const { run, clean } = options;
  const settled = { ...options, ...settleFind(options), ...settleChoice(options) };
  checkRescore(options);
  checkRunName(run);
  refuseCleanAlone(run, clean);
  const sources = nameSources(source, target, options);
  if (run !== undefined) await refuseOwnFiles(run, Object.values(sources).flatMap(filesOf));
  return { ...settled, sources };
}
