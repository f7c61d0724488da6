import { bestBucc } from "../../../evaluate/bucc.js";
import { NO_CHOICE } from "../../../select/best.js";
import { quantiles } from "../../../steps/pairs/mine-summary.js";
import type { PairFigures, RoundFigures, RoundSummary } from "../../../steps/runs/loop-summary.js";
import type { Split } from "../../../train/held-out.js";
import type { LoopGold } from "../begin/gold.js";
import type { Loop, Round, RoundBefore } from "../loop.js";
import type { ChosenPairs } from "./choose-round.js";
import type { TatoebaAccuracy } from "./evaluate-round.js";
import type { Learned } from "./learned.js";
import type { RoundPairs } from "./round-pairs.js";
import { type TextPairs, takePairs, takeTaught } from "./text-pairs.js";

/** What a pair of languages is measured by beside what was chosen. */
interface Earlier {
  before?: RoundBefore[number];
  learned?: Learned;
}

/** Figures of a pair of languages, but for those of its encoder elsewhere. */
export type MinedFigures = Omit<PairFigures, "sentences" | "tatoeba">;

/** What the next round's figures need of this one. */
export function rememberRound(pairs: readonly RoundPairs[], splits: readonly Split[]): RoundBefore {
  return pairs.map(({ mutual, training }, i) => ({
    mutual,
    heldOut: takePairs(training, splits[i].heldOut),
    taught: takeTaught(training, splits[i].training),
  }));
}

export function summariseRound(
  { plan, texts }: Loop,
  { number: round, minedBy, encoder }: Pick<Round, "number" | "minedBy" | "encoder">,
  { figures, tatoeba }: { figures: readonly MinedFigures[]; tatoeba?: TatoebaAccuracy },
): RoundSummary {
  const pairs: Record<string, PairFigures> = {};
  for (const [i, { name, languages, source, target }] of plan.pairs.entries()) {
    const sentences = { source: texts[source].texts.length, target: texts[target].texts.length };
    pairs[name] = {
      sentences,
      ...figures[i],
      tatoeba:
        tatoeba &&
        meanOf(languages.flatMap((language) => (Object.hasOwn(tatoeba, language) ? tatoeba[language] : []))),
    };
  }
  const mean = (name: keyof PairFigures & keyof RoundFigures) =>
    meanOf(Object.values(pairs).flatMap((pair) => pair[name] ?? []));
  return {
    round,
    minedBy,
    told: encoder.figures,
    pairs,
    mean: {
      mutual: mean("mutual") ?? 0,
      agreement: mean("agreement"),
      validation: mean("validation"),
      nearer: mean("nearer"),
      estimated: mean("estimated"),
      precision: mean("precision"),
      precisionAt1: mean("precisionAt1"),
      bestF1: mean("bestF1"),
      tatoeba: mean("tatoeba"),
    },
  };
}

/** Measures what was chosen of a pair of languages, while its candidates are there. */
export function measurePairs(
  chosen: ChosenPairs,
  gold: LoopGold | undefined,
  { before, learned }: Earlier,
): MinedFigures {
  const { candidates, scores, mutual, training, believed, choosing, chosenMutually } = chosen;
  const heldOut = before?.heldOut.sources.length ?? 0;
  return {
    mutual: choosing === 0 ? 0 : chosenMutually / choosing,
    agreement: before && mutual.length > 0 ? countCommon(chosen, before.mutual) / mutual.length : undefined,
    validation: learned?.found ?? (heldOut > 0 ? findAgain(chosen, before!.heldOut) : undefined),
    nearer: learned?.nearer,
    heldOut: before && heldOut,
    found: mutual.length,
    training: training.length,
    threshold: training.length === 0 ? undefined : scores[training.at(-1)!],
    estimated: believed && meanOf([...believed]),
    margins: quantiles(Float64Array.from(mutual, (candidate) => scores[candidate])),
    precision:
      gold && training.length > 0
        ? training.filter((candidate) => gold.isGold(candidates, candidate)).length / training.length
        : undefined,
    precisionAt1: gold?.precisionAt1(chosen),
    bestF1: gold && bestF1(chosen, gold),
  };
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function bestF1({ candidates, scores, mutual }: ChosenPairs, gold: LoopGold): number {
  const predictions = Array.from(mutual, (candidate) => ({
    score: scores[candidate],
    correct: gold.isGold(candidates, candidate),
  }));
  return bestBucc(predictions, gold.size).f1;
}

/** The share of a round's held-out pairs that a later round chooses; the mean of both directions. */
function findAgain({ candidates, forward, backward }: ChosenPairs, { sources, targets }: TextPairs): number {
  let found = 0;
  for (const [i, x] of sources.entries()) {
    const y = targets[i];
    if (forward[x] !== NO_CHOICE && candidates.target[forward[x]] === y) found++;
    if (backward[y] !== NO_CHOICE && candidates.source[backward[y]] === x) found++;
  }
  return found / (2 * sources.length);
}

/** In neither round is a sentence in two pairs. */
function countCommon({ candidates, mutual }: ChosenPairs, before: TextPairs): number {
  const targets = new Int32Array(candidates.sourceRows).fill(NO_CHOICE);
  for (const [i, source] of before.sources.entries()) targets[source] = before.targets[i];
  return mutual.filter((candidate) => targets[candidates.source[candidate]] === candidates.target[candidate])
    .length;
}
