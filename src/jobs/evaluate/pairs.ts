import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import { type BuccScore, bestBucc, buccAt, countCorrect, scoreBucc } from "../../evaluate/bucc.js";
import { type CountsBySource, countsAt, type IdPrediction } from "../../evaluate/id-predictions.js";
import type { JobListeners } from "../../events.js";
import { inputsOf } from "../../read/pairs/pair-input.js";
import { type PairInput, type ReadPairsOptions, readPairs } from "../../read/pairs/read-pairs.js";
import { readSentences } from "../../read/read-sentences.js";
import { Skips } from "../../steps/bitexts/skips.js";
import { option, say } from "../../wording.js";
import { measureScore } from "./bucc-figures.js";
import { checkIds, readGold } from "./gold.js";
import { figuresOf, type Measured, measureless } from "./rate.js";
import { refuseStrangeGold } from "./refuse-strange-gold.js";
import type { Report } from "./report.js";

/** The gold pairs that a bitext is compared with. */
export interface PairsOptions extends JobListeners {
  /** Gold pairs: texts, `source⇥target` a line; or identifiers, if `source` and `target` say whose. */
  gold: string;
  /** Files of `id⇥sentence` that the identifiers of the gold pairs stand in. */
  source?: string;
  /** The same of the target. */
  target?: string;
  /** Also give the figures at this threshold. */
  threshold?: number;
  /** Add 95 % bootstrap intervals, over samples of the sources. @default false */
  confidence?: boolean;
  /** How the mined pairs are read. */
  read?: Omit<ReadPairsOptions, "signal" | "onSkip">;
}

/** The names of `PairsOptions`. */
export const PAIRS_OPTIONS: OptionNames<PairsOptions> = {
  gold: true,
  source: true,
  target: true,
  threshold: true,
  confidence: true,
  read: true,
  signal: true,
  onEvent: true,
};

/**
 * Precision, recall and F1 of a bitext that somebody mined, against gold pairs.
 *
 * @param mined a file of `score⇥source⇥target` (LASER, stopes, crisscross) or `source⇥target`, of JSON lines or TMX; or
 *   two files with a pair on each line number (Moses)
 * @throws OptionError; InputError, also for gold pairs of which no source, or no target, is in the bitext
 */
export async function evaluatePairs(mined: PairInput, options: PairsOptions): Promise<Report> {
  refuseUnknown("evaluatePairs", options, PAIRS_OPTIONS);
  const skips = new Skips(options.onEvent);
  const pairs = await readMined(mined, { ...options.read, signal: options.signal, onSkip: skips.onSkip });
  const name = inputsOf(mined)
    .map((one) => (typeof one === "string" ? one : "standard input"))
    .join(", ");
  const { gold, idsOf } = await readGoldTexts(options);
  refuseStrangeGold({
    name,
    pairs: [...pairs.keys()].flatMap(idsOf),
    gold,
    path: options.gold,
    hasIds: options.source !== undefined,
  });
  const predictions = [...pairs].flatMap(([pair, score]): IdPrediction[] =>
    idsOf(pair).map((ids) => ({ source: ids.split("\t")[0], score, correct: gold.has(ids) })),
  );
  const scored = predictions.some(({ score }) => !Number.isNaN(score));
  const { confidence } = options;
  const best = scored
    ? bestBucc(predictions, gold.size)
    : scoreBucc({ predicted: predictions.length, correct: countCorrect(predictions), gold: gold.size });
  const figures = figuresOf(
    named(best, countsAt(predictions, gold, best.threshold), { confidence, name: scored ? "best F1" : "F1" }),
  );
  if (options.threshold !== undefined) {
    if (!scored)
      throw new OptionError(say`${name} has no scores, so ${option("threshold")} has nothing to cut.`, {
        advice: "Leave it out.",
      });
    const at = buccAt(predictions, gold.size, options.threshold);
    const { f1 } = measureScore(at, countsAt(predictions, gold, options.threshold), confidence);
    figures["F1 at given"] = f1.figure;
  }
  return {
    columns: Object.keys(figures),
    rows: [{ name, figures }],
    conditions: {
      metric: "bucc-f1",
      pairs: predictions.length,
      gold: gold.size,
      ...(skips.count > 0 && { skipped: skips.count }),
    },
  };
}

function named(
  score: BuccScore,
  counts: CountsBySource,
  { name, confidence }: { name: string; confidence?: boolean },
): Record<string, Measured> {
  const { f1, precision, recall } = measureScore(score, counts, confidence);
  const { threshold } = score;
  return {
    [name]: f1,
    precision,
    recall,
    ...(threshold !== undefined && { threshold: measureless(threshold) }),
  };
}

/** Mined pairs as `source⇥target`, each with its highest score. */
type MinedPairs = Map<string, number>;

async function readMined(mined: PairInput, options: ReadPairsOptions): Promise<MinedPairs> {
  const pairs: MinedPairs = new Map();
  for await (const batch of readPairs(mined, options))
    for (const { source, target, score = Number.NaN } of batch) addPair(pairs, source, target, score);
  return pairs;
}

function addPair(pairs: MinedPairs, source: string, target: string, score: number): void {
  if (source.trim() === "" || target.trim() === "") return;
  const key = `${inTsv(source)}\t${inTsv(target)}`;
  const known = pairs.get(key);
  if (known === undefined || score > known) pairs.set(key, score);
}

/** The gold pairs, and how a pair of texts is called there. */
async function readGoldTexts({ gold: path, source, target }: PairsOptions) {
  const gold = await readGold(path);
  if (source === undefined && target === undefined) return { gold, idsOf: (pair: string) => [pair] };
  if (source === undefined || target === undefined)
    throw new OptionError(
      say`Gold pairs of identifiers need both ${option("source")} and ${option("target")}, files of id⇥sentence.`,
    );
  const [x, y] = [await readIds(source), await readIds(target)];
  const known = (name: string, ids: Map<string, string[]>) => ({
    name,
    ids: new Set([...ids.values()].flat()),
  });
  checkIds(gold, path, known(source, x), known(target, y));
  const idsOf = (pair: string) => {
    const [left, right] = pair.split("\t");
    const lefts = x.get(left) ?? [left];
    return lefts.flatMap((a) => (y.get(right) ?? [right]).map((b) => `${a}\t${b}`));
  };
  return { gold, idsOf };
}

async function readIds(path: string): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  for await (const batch of readSentences(path, { format: "bucc" })) {
    for (const { text, id } of batch) {
      const key = inTsv(text);
      ids.set(key, [...(ids.get(key) ?? []), id!]);
    }
  }
  return ids;
}

/** A text as it stands in TSV output. */
function inTsv(text: string): string {
  return text.trim().replace(/[\t\n\r]+/g, " ");
}
