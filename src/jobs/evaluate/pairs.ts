import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError, OptionError } from "../../errors.js";
import { type BuccScore, bestBucc, buccAt, countCorrect, scoreBucc } from "../../evaluate/bucc.js";
import { type CountsBySource, countsAt, type IdPrediction } from "../../evaluate/id-predictions.js";
import type { JobListeners } from "../../events.js";
import type { PairInput, ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import { readSentences } from "../../read/read-sentences.js";
import { nameOfPairs, pairsOf } from "../../steps/bitexts/pairs-of.js";
import { Skips } from "../../steps/bitexts/skips.js";
import type { PairSource } from "../../types/bitexts.js";
import type { SideName, TextRecord } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { measureScore } from "./bucc-figures.js";
import { checkIds } from "./gold.js";
import { type GoldSource, goldPairs, inTsv, nameOfGold } from "./gold-pairs.js";
import { figuresOf, type Measured, measureless } from "./rate.js";
import { refuseStrangeGold } from "./refuse-strange-gold.js";
import type { Report } from "./report.js";

/** The gold pairs that a bitext is compared with. */
export interface PairsOptions extends JobListeners {
  /** Gold pairs: texts, a file with `source⇥target` a line or pairs in memory; or identifiers, if `source` and `target` say whose. */
  gold: string | GoldSource;
  /** A file of `id⇥sentence` that the identifiers of the gold pairs stand in, or records with `id`. */
  source?: string | Iterable<TextRecord> | AsyncIterable<TextRecord>;
  /** The same of the target. */
  target?: string | Iterable<TextRecord> | AsyncIterable<TextRecord>;
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
 * Precision, recall and F1 of a bitext that somebody mined, against gold pairs. Where pairs have scores, those without one
 * are left out and counted.
 *
 * @param mined a file of `score⇥source⇥target` (LASER, stopes, crisscross) or `source⇥target`, of JSON lines or TMX; two
 *   files with a pair on each line number (Moses); or pairs in memory, in any iterable
 * @throws OptionError; InputError, also for gold pairs of which no source, or no target, is in the bitext
 */
export async function evaluatePairs(mined: PairInput | PairSource, options: PairsOptions): Promise<Report> {
  refuseUnknown("evaluatePairs", options, PAIRS_OPTIONS);
  const skips = new Skips(options.onEvent);
  const pairs = await readMined(mined, {
    onNote: options.onEvent,
    ...options.read,
    signal: options.signal,
    onSkip: skips.onSkip,
  });
  const name = nameOfPairs(mined);
  const { gold, idsOf } = await readGoldTexts(options);
  refuseStrangeGold({
    name,
    pairs: [...pairs.keys()].flatMap(idsOf),
    gold,
    path: nameOfGold(options.gold),
    hasIds: options.source !== undefined,
  });
  const predictions = [...pairs].flatMap(([pair, score]): IdPrediction[] =>
    idsOf(pair).map((ids) => ({ source: ids.split("\t")[0], score, correct: gold.has(ids) })),
  );
  const scored = predictions.filter(({ score }) => !Number.isNaN(score));
  const hasScores = scored.length > 0;
  const judged = hasScores ? scored : predictions;
  const unscored = predictions.length - judged.length;
  const { confidence } = options;
  const best = hasScores
    ? bestBucc(judged, gold.size)
    : scoreBucc({ predicted: judged.length, correct: countCorrect(judged), gold: gold.size });
  const figures = figuresOf(
    named(best, countsAt(judged, gold, best.threshold), { confidence, name: hasScores ? "best F1" : "F1" }),
  );
  if (options.threshold !== undefined) {
    if (!hasScores)
      throw new OptionError(say`${name} has no scores, so ${option("threshold")} has nothing to cut.`, {
        advice: "Leave it out.",
      });
    const at = buccAt(judged, gold.size, options.threshold);
    const { f1 } = measureScore(at, countsAt(judged, gold, options.threshold), confidence);
    figures["F1 at given"] = f1.figure;
  }
  return {
    columns: Object.keys(figures),
    rows: [{ name, figures }],
    conditions: {
      metric: "bucc-f1",
      pairs: judged.length,
      gold: gold.size,
      ...(unscored > 0 && { unscored }),
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

/** Mined pairs as `source⇥target`, each with its highest score; NaN where it has none. */
type MinedPairs = Map<string, number>;

async function readMined(mined: PairInput | PairSource, options: ReadPairsOptions): Promise<MinedPairs> {
  const pairs: MinedPairs = new Map();
  for await (const batch of pairsOf(mined, options))
    for (const { source, target, score = Number.NaN } of batch) addPair(pairs, source, target, score);
  return pairs;
}

function addPair(pairs: MinedPairs, source: string, target: string, score: number): void {
  if (source.trim() === "" || target.trim() === "") return;
  const key = `${inTsv(source)}\t${inTsv(target)}`;
  const known = pairs.get(key) ?? Number.NaN;
  if (Number.isNaN(known) || score > known) pairs.set(key, score);
}

/** The gold pairs, and how a pair of texts is called there. */
async function readGoldTexts({ gold: given, source, target, onEvent }: PairsOptions) {
  const gold = await goldPairs(given, onEvent);
  if (source === undefined && target === undefined) return { gold, idsOf: (pair: string) => [pair] };
  if (source === undefined || target === undefined)
    throw new OptionError(
      say`Gold pairs of identifiers need both ${option("source")} and ${option("target")}, files of id⇥sentence.`,
    );
  const [x, y] = [await readIds(source, "source"), await readIds(target, "target")];
  const known = (name: string, ids: Map<string, string[]>) => ({
    name,
    ids: new Set([...ids.values()].flat()),
  });
  const sides = [known(nameOf(source, "source"), x), known(nameOf(target, "target"), y)] as const;
  checkIds(gold, nameOfGold(given), ...sides);
  const idsOf = (pair: string) => {
    const [left, right] = pair.split("\t");
    const lefts = x.get(left) ?? [left];
    return lefts.flatMap((a) => (y.get(right) ?? [right]).map((b) => `${a}\t${b}`));
  };
  return { gold, idsOf };
}

type IdSource = NonNullable<PairsOptions["source"]>;

const nameOf = (source: IdSource, side: SideName) => (typeof source === "string" ? source : side);

async function readIds(source: IdSource, side: SideName): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  const name = nameOf(source, side);
  const format = typeof source === "string" ? "bucc" : undefined;
  for await (const batch of readSentences(source, { format, name })) {
    for (const { text, line, id } of batch) {
      if (id === undefined) throw new InputError({ path: name, line }, "has no id; expected one.");
      const key = inTsv(text);
      ids.set(key, [...(ids.get(key) ?? []), id]);
    }
  }
  return ids;
}
