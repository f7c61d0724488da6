import type { RoundSummary } from "../../src/index.js";
import type { LoopRun } from "../criss-experiment/follow-loop.js";

/** How a loop went on one language. */
export interface SeedRun extends LoopRun {
  /** P@1 without what the loop was given. */
  start?: number;
}

/** By the names of `nameRun`. */
export type SeedResults = Record<string, SeedRun>;

/** What most loops are given. */
export const NOTHING = "nothing";

const BUILTIN = "builtin";

const COLUMNS = [
  "language",
  "P@1 of the start",
  "of the round it gives",
  "of its best round",
  "round",
  "best F1",
  "precision of its pairs to train on",
  "as estimated",
  "error of the estimate, mean of all rounds",
];

const SEEDED_COLUMNS = [
  "language",
  "given",
  "encoder",
  "P@1 of `builtin`",
  "of the loop given nothing",
  "of the encoder trained on what is given",
  "of the round that the loop gives",
  "of its best round",
  "round",
];

/** The languages as a table in Markdown, from the best start to the poorest: loops given nothing, of one encoder. */
export function formatSeed(results: SeedResults, start = BUILTIN): string {
  const lines = readRuns(results)
    .filter(({ gift, encoder }) => gift === NOTHING && encoder === start)
    .sort((a, b) => precisionAt1(b.rounds[0]) - precisionAt1(a.rounds[0]))
    .map(({ language, best, rounds }) => {
      const given = rounds[best];
      const shares = [
        precisionAt1(rounds[0]),
        precisionAt1(given),
        Math.max(...rounds.map(precisionAt1)),
      ].map((share) => share.toFixed(3));
      const { bestF1, precision, estimated } = given.mean;
      const pairs = [bestF1!, precision!, estimated, estimateError(rounds)].map(
        (share) => share?.toFixed(3) ?? "–",
      );
      return `| ${[language, ...shares, `${best} of ${rounds.length - 1}`, ...pairs].join(" | ")} |`;
    });
  return [`| ${COLUMNS.join(" | ")} |`, `| --- |${" ---: |".repeat(COLUMNS.length - 1)}`, ...lines].join(
    "\n",
  );
}

/** What the loop makes of sentences or words that it is given, as a table in Markdown; beside it the loop with neither, where it ran. */
export function formatSeeded(results: SeedResults): string {
  const lines = readRuns(results)
    .filter(({ gift }) => gift !== NOTHING)
    .sort((a, b) => compare(a.gift, b.gift) || b.start! - a.start! || compare(a.encoder, b.encoder))
    .map(({ language, gift, encoder, start, best, rounds }) => {
      const alone: SeedRun | undefined = results[language];
      const shares = [
        start!,
        alone && precisionAt1(alone.rounds[alone.best]),
        precisionAt1(rounds[0]),
        precisionAt1(rounds[best]),
        Math.max(...rounds.map(precisionAt1)),
      ].map((share) => share?.toFixed(3) ?? "–");
      return `| ${[language, gift, encoder, ...shares, `${best} of ${rounds.length - 1}`].join(" | ")} |`;
    });
  return [
    `| ${SEEDED_COLUMNS.join(" | ")} |`,
    `| --- | --- | --- |${" ---: |".repeat(SEEDED_COLUMNS.length - 3)}`,
    ...lines,
  ].join("\n");
}

interface Setting {
  language: string;
  gift: string;
  encoder: string;
}

/**
 * `bam_Latn` of a loop from `builtin` that is given nothing; otherwise with what it is given, and with its start:
 * `bam_Latn+words`, `taq_Tfng+words+ngram`, `bam_Latn+nothing+multilingual-e5-small`.
 */
export function nameRun({ language, gift, encoder }: Setting): string {
  if (encoder !== BUILTIN) return [language, gift, encoder].join("+");
  return gift === NOTHING ? language : [language, gift].join("+");
}

function readRuns(results: SeedResults): (Setting & SeedRun)[] {
  return Object.entries(results).map(([name, run]) => {
    const [language, gift = NOTHING, encoder = BUILTIN] = name.split("+");
    return { language, gift, encoder, ...run };
  });
}

/** The mean over rounds of how far the estimated precision is from the true one; none where none is estimated. */
function estimateError(rounds: readonly RoundSummary[]): number | undefined {
  const errors = rounds.flatMap(({ mean: { precision, estimated } }) =>
    precision === undefined || estimated === undefined ? [] : [Math.abs(precision - estimated)],
  );
  return errors.length === 0 ? undefined : errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

function precisionAt1({ mean }: RoundSummary): number {
  return mean.precisionAt1!;
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, "en");
}
