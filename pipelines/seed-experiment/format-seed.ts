import type { RoundSummary } from "../../src/index.js";

/** How a loop went on one language. */
export interface SeedRun {
  /** The round whose pairs and encoder it gives. */
  best: number;
  rounds: RoundSummary[];
}

/** By the language's code. */
export type SeedResults = Record<string, SeedRun>;

const COLUMNS = [
  "language",
  "P@1 of the start",
  "of the round it gives",
  "of its best round",
  "round",
  "best F1",
  "precision of its pairs to train on",
];

/** The languages as a table in Markdown, from the best start to the poorest. */
export function formatSeed(results: SeedResults): string {
  const precisionAt1 = ({ mean }: RoundSummary) => mean.precisionAt1!;
  const lines = Object.entries(results)
    .sort(([, a], [, b]) => precisionAt1(b.rounds[0]) - precisionAt1(a.rounds[0]))
    .map(([language, { best, rounds }]) => {
      const given = rounds[best];
      const shares = [
        precisionAt1(rounds[0]),
        precisionAt1(given),
        Math.max(...rounds.map(precisionAt1)),
      ].map((share) => share.toFixed(3));
      const pairs = [given.mean.bestF1!, given.mean.precision!].map((share) => share.toFixed(3));
      return `| ${[language, ...shares, `${best} of ${rounds.length - 1}`, ...pairs].join(" | ")} |`;
    });
  return [`| ${COLUMNS.join(" | ")} |`, `| --- |${" ---: |".repeat(COLUMNS.length - 1)}`, ...lines].join(
    "\n",
  );
}
