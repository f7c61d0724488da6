import type { StageSeconds } from "../events.js";
import { type FindOptions, findCandidates } from "../steps/neighbours/find.js";
import { checkMineOptions } from "../steps/pairs/check-options.js";
import { type ChooseOptions, choosePairs } from "../steps/pairs/choose.js";
import type { MineSummary } from "../steps/pairs/summary.js";
import { openRun, openTemporaryRun, type Run, refuseOwnFiles } from "../steps/runs/run.js";
import { closeSides } from "../steps/texts/side.js";
import type { TextSource } from "../steps/texts/text-source.js";
import { makeAnew } from "../store/run/stage.js";
import type { ScoredPair } from "../types.js";

export interface MineOptions extends FindOptions, ChooseOptions {
  /** A folder that keeps every stage, so that a run can go on where it was interrupted. @default none: in memory */
  run?: string;
  /** Remove vectors and indexes from the run folder at the end; `select` does not need them. @default false */
  clean?: boolean;
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: MineSummary) => void;
}

/**
 * Mines translation pairs from two sides of monolingual text, the best first.
 *
 * Read → clean → embed → search both ways → score by margin → select (Artetxe & Schwenk 2019). Nothing starts before
 * the first pair is asked for; leaving the loop early frees everything. Memory: both sides' vectors
 * (4 · dimensions bytes a sentence) and, without a run folder, the texts.
 *
 * @param source a path, a stream of bytes or sentences; or vectors that `embedFile` made, by their path (`.npy`)
 * @throws OptionError, InputError, ModelError, IndexError, OutputError; the signal's reason when it aborts
 */
export async function* mine(
  source: TextSource,
  target: TextSource,
  options: MineOptions = {},
): AsyncGenerator<ScoredPair, void, undefined> {
  checkMineOptions(options);
  if (options.run !== undefined) refuseOwnFiles(options.run, [source, target]);
  const seconds: StageSeconds = {};
  const run = await openRunFor(options);
  try {
    const { sides, found } = await findCandidates(
      source,
      target,
      options,
      seconds,
      run ?? { keep: makeAnew },
    );
    try {
      const summary = yield* choosePairs(sides, found, options, seconds);
      await run?.finish(summary, options);
      options.onSummary?.(summary);
    } finally {
      closeSides(sides);
    }
  } finally {
    await run?.close();
  }
}

/** A run in its folder; one that must keep to a budget has a temporary one where none is given. */
async function openRunFor({ run, memory, onEvent }: MineOptions): Promise<Run | undefined> {
  if (run !== undefined) return openRun(run, "mine", onEvent);
  return memory === undefined ? undefined : openTemporaryRun("mine", onEvent);
}
