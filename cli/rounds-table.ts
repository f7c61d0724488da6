import type { PairFigures, RoundFigures, RoundSummary } from "../src/index.js";
import { printable } from "../src/text/printable.js";

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
  "estimated",
];
const LEAST_WIDTHS = [8, 19, 8];
const SHARE_WIDTH = 5;
const GAP = "  ";
const GOLD_HEADER = ["precision", "P@1", "best F1"];
const TATOEBA_HEADER = "Tatoeba";

/**
 * The rounds of a loop, a row a round; where there are several pairs of languages, their sums and means, and a row each
 * below. Tables of one loop can be joined: columns are as wide in each.
 *
 * Figures that need true pairs or the Tatoeba test set have their columns where they were measured.
 */
export function formatRounds(rounds: readonly RoundSummary[], { header = true } = {}): string {
  const measured: Measured = {
    gold: rounds.some(({ mean }) => mean.precisionAt1 !== undefined),
    tatoeba: rounds.some(({ mean }) => mean.tatoeba !== undefined),
  };
  const names: Row = [
    ...HEADER,
    ...(measured.gold ? GOLD_HEADER : []),
    ...(measured.tatoeba ? [TATOEBA_HEADER] : []),
  ];
  const rows = rounds.flatMap((summary) => rowsOf(summary, measured));
  return align(header ? [names, ...rows] : rows, names);
}

interface Measured {
  gold: boolean;
  tatoeba: boolean;
}

function rowsOf({ round, minedBy, pairs, mean }: RoundSummary, measured: Measured): Row[] {
  const entries = Object.entries(pairs);
  const sum = (count: (pair: PairFigures) => number) =>
    entries.reduce((all, [, pair]) => all + count(pair), 0);
  const alone = entries.length === 1;
  const total: Row = [
    minedBy === undefined ? String(round) : `${round} ${minedBy}`,
    alone ? sentencesOf(entries[0][1]) : `${entries.length} language pairs`,
    String(sum(({ found }) => found)),
    String(sum(({ training }) => training)),
    alone ? marginsOf(entries[0][1]) : "",
    ...shares(mean, measured),
  ];
  if (alone) return [total];
  const parts = entries.map(([name, pair]): Row => {
    const counts = [sentencesOf(pair), String(pair.found), String(pair.training), marginsOf(pair)];
    return [`  ${printable(name)}`, ...counts, ...shares(pair, measured)];
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
  { mutual, agreement, validation, estimated, precision, precisionAt1, bestF1, tatoeba }: RoundFigures,
  measured: Measured,
): string[] {
  const figures = [mutual, agreement, validation, estimated];
  if (measured.gold) figures.push(precision, precisionAt1, bestF1);
  if (measured.tatoeba) figures.push(tatoeba);
  return figures.map((share) => (share === undefined ? "–" : share.toFixed(3)));
}

/** Columns are as wide as their names, or as the contents that are known to be wider. */
function align(rows: readonly Row[], names: Row): string {
  const widths = names.map((name, column) => Math.max(name.length, LEAST_WIDTHS[column] ?? SHARE_WIDTH));
  const [room, ...others] = [widths[0] + GAP.length + widths[1], ...widths.slice(2)];
  const lines = rows.map(([name, first, ...cells]) => {
    // A long name takes of the room before the next cell.
    const begin = name + first.padStart(Math.max(room - name.length, GAP.length + first.length));
    return [begin, ...cells.map((cell, i) => cell.padStart(others[i]))].join(GAP);
  });
  return `${lines.join("\n")}\n`;
}
