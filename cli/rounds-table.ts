import type { PairFigures, RoundFigures, RoundSummary } from "../src/index.js";

type Row = [name: string, ...cells: string[]];

const HEADER: Row = [
  "round",
  "sentences",
  "pairs",
  "to train on",
  "margins 25/50/75 %",
  "mutual",
  "as before",
  "validation",
];
const GOLD_HEADER = ["precision", "accuracy"];

/** The rounds of a loop, a row a round: the mean of its pairs of languages; with several, a row each below. */
export function formatRounds(rounds: readonly RoundSummary[], { details = false } = {}): string {
  const gold = rounds.some(({ mean }) => mean.accuracy !== undefined);
  const rows = rounds.flatMap((summary) => rowsOf(summary, gold, details));
  return align([gold ? [...HEADER, ...GOLD_HEADER] : HEADER, ...rows]);
}

/** One round, as `formatRounds` has it. */
export function formatRound(round: RoundSummary): string {
  return formatRounds([round], { details: true });
}

function rowsOf({ round, pairs, mean }: RoundSummary, gold: boolean, details: boolean): Row[] {
  const entries = Object.entries(pairs);
  const sum = (count: (pair: PairFigures) => number) =>
    entries.reduce((all, [, pair]) => all + count(pair), 0);
  const alone = entries.length === 1;
  const total: Row = [
    String(round),
    alone ? sentencesOf(entries[0][1]) : `${entries.length} pairs of languages`,
    String(sum(({ found }) => found)),
    String(sum(({ training }) => training)),
    alone ? marginsOf(entries[0][1]) : "",
    ...shares(mean, gold),
  ];
  if (alone || !details) return [total];
  const parts = entries.map(([name, pair]): Row => {
    const counts = [sentencesOf(pair), String(pair.found), String(pair.training), marginsOf(pair)];
    return [`  ${name}`, ...counts, ...shares(pair, gold)];
  });
  return [total, ...parts];
}

const sentencesOf = ({ sentences }: PairFigures) => `${sentences.source} × ${sentences.target}`;

function marginsOf({ margins }: PairFigures): string {
  if (!margins) return "–";
  return [margins.quarter, margins.median, margins.threeQuarters]
    .map((margin) => margin.toFixed(2))
    .join(" ");
}

function shares(
  { mutual, agreement, validation, precision, accuracy }: RoundFigures,
  gold: boolean,
): string[] {
  const figures = [mutual, agreement, validation, ...(gold ? [precision, accuracy] : [])];
  return figures.map((share) => (share === undefined ? "–" : share.toFixed(3)));
}

function align(rows: readonly Row[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join("  "),
  );
  return `${lines.join("\n")}\n`;
}
