import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { changed } from "../../steps/bitexts/read-twice.js";
import { rereadPairs } from "../../steps/bitexts/reread-pairs.js";
import { holdRescorer } from "../../steps/pairs/rescore-options.js";
import { openTemporaryRun } from "../../steps/runs/run.js";
import type { Pair, PairLike, PairSource } from "../../types/bitexts.js";
import { findThreshold } from "./find-threshold.js";
import { SCORE_OPTIONS, type ScoreOptions, type ScoreSummary, settleScore } from "./options.js";
import { readBitext } from "./read-bitext.js";
import { checkParts } from "./rescore-bitext.js";
import { scoreSides } from "./score-sides.js";
import { pickScores, reaches, scoreOf, summariseScores } from "./summarise-scores.js";

/** What pairs are scored by, and who hears of it. */
export interface ScorePairsOptions extends Omit<ScoreOptions, "run" | "read" | "write"> {
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: Omit<ScoreSummary, "skipped" | "unitsWithoutBoth">) => void;
}

const { run: _run, read: _read, write: _write, ...OPTIONS } = SCORE_OPTIONS;

/** The names of `ScorePairsOptions`. */
export const SCORE_PAIRS_OPTIONS: OptionNames<ScorePairsOptions> = { ...OPTIONS, onSummary: true };

/** A pair with its score, NaN if it has none; what `add` asks for is in `added`. */
export type WithScore<P> = Omit<P, "score"> & {
  /** What `score` asks for; NaN for a pair that cannot be scored. */
  score: number;
} & Pick<Pair, "added">;

/**
 * Scores pairs in memory, as `scoreBitext` does: gives each in its order, with its score; with a threshold,
 * given or estimated without gold, those that reach it. Nothing starts before the first
 * is asked for, and that comes when all have been seen, since a margin depends on all: they are gone through twice. All but
 * an array lie in a temporary file meanwhile, and come out as `structuredClone` makes them.
 *
 * @throws OptionError, InputError, ModelError, IndexError, OutputError; what the source throws; the signal's reason when it
 * aborts
 */
export async function* scorePairs<P extends PairLike>(
  pairs: PairSource<P>,
  options: ScorePairsOptions = {},
): AsyncGenerator<WithScore<P>, void, undefined> {
  refuseUnknown("scorePairs", options, SCORE_PAIRS_OPTIONS);
  const { onSummary, ...choices } = options;
  const settings = settleScore(choices);
  const { score, add, signal, onEvent } = settings;
  await using held = await holdRescorer(settings);
  checkParts(held.rescorer, settings);
  await using run = await openTemporaryRun("score", onEvent);
  const reread = await rereadPairs(pairs, run.folder, signal);
  using sides = await readBitext(reread, settings, run);
  const scored = await scoreSides(sides, settings, run, held.rescorer);
  const { scorer, facts } = scored;
  const { threshold, estimate } = findThreshold(sides, scored, settings);
  const scores = new Float64Array(scorer.pairs);
  let position = 0;
  for await (const batch of reread.again())
    for (const { given, pair } of batch) {
      const found = scorer.score(position);
      scores[position] = scoreOf(found, score);
      if (!reaches(scores[position++], threshold)) continue;
      const { added } = pair as Pick<Pair, "added">;
      yield {
        ...given,
        score: scoreOf(found, score),
        ...(add.length > 0 && { added: { ...added, ...pickScores(found, add) } }),
      };
    }
  if (position !== scorer.pairs) throw changed(reread.name, scorer.pairs, position);
  const { skipped: _, ...told } = facts;
  const summary = { pairs: position, ...told, score, estimate, ...summariseScores(scores, threshold) };
  onSummary?.({ ...summary, seconds: run.seconds });
}
