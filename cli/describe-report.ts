import type { ReportModel, ReportPart, ScoreCurve } from "../src/index.js";
import { barsOf } from "../src/report/score-curve.js";
import { printable } from "../src/text/printable.js";
import { count } from "./count.js";
import { drawBar } from "./histogram.js";

/** Lines of a histogram. */
const LINES = 20;
const WIDEST = 40;
const NARROWEST = 10;
const OUTPUT_COLUMNS = 80;

/** A report for the terminal: of each part a histogram of 20 lines, and what else there is in numbers. */
export function describeReport({ parts }: ReportModel, stdout: object): string {
  const columns = "columns" in stdout && typeof stdout.columns === "number" ? stdout.columns : OUTPUT_COLUMNS;
  return `${parts.map((part) => describePart(part, columns).join("\n")).join("\n\n")}\n`;
}

function describePart(part: ReportPart, columns: number): string[] {
  const {
    kind,
    name,
    facts,
    notes,
    scores,
    leftOut = [],
    rounds = [],
    rules = [],
    changes = [],
    languages,
  } = part;
  const list = (of: string, items: readonly string[]) =>
    items.length > 0 ? [`${of}: ${items.join(" · ")}`] : [];
  return [
    `${kind} ${name}`,
    ...list(
      "facts",
      facts.map(({ name, value }) => `${name} ${value}`),
    ),
    ...notes,
    ...(scores ? drawScores(scores, part.estimate, columns) : []),
    ...rounds.flatMap(({ name, rounds }) =>
      rounds.map(({ round, figures }) => {
        const told = Object.entries(figures).map(
          ([figure, value]) => `${figure} ${Number(value.toFixed(3))}`,
        );
        return `${name} round ${round}: ${told.join(" · ")}`;
      }),
    ),
    ...list(
      "rejected",
      rules.filter(({ rejected }) => rejected > 0).map(({ rule, rejected }) => `${rule} ${rejected}`),
    ),
    ...changes.map(({ name, kept, came, went }) => `${name}: ${kept} in both · ${came} came · ${went} went`),
    ...list(
      "left out",
      leftOut.map(({ what, count }) => `${what} ${count}`),
    ),
    ...list(
      "languages",
      (languages?.counts.slice(0, 5) ?? []).map(
        ({ source, target, pairs }) => `${source}-${target} ${pairs}`,
      ),
    ),
  ].map(printable);
}

/** A line for each of 20 thresholds: the threshold, the pairs up to the next, and all pairs from there up. */
function drawScores(curve: ScoreCurve, estimate: ReportPart["estimate"], columns: number): string[] {
  const { thresholds, decimals, pairs, words } = curve;
  const lines = Math.min(LINES, thresholds.length);
  const places = Array.from({ length: lines }, (_, i) => Math.floor((i * thresholds.length) / lines));
  const bars = barsOf(curve, places);
  const most = Math.max(...bars.map((bar) => bar.pairs));
  const labels = bars.map(({ from }) => from.toFixed(decimals));
  const width = Math.max(...labels.map(({ length }) => length));
  const room = Math.max(NARROWEST, Math.min(WIDEST, columns - width - 30));
  const rows = bars.map((bar, i) => {
    const isOut = curve.threshold !== undefined && bar.to <= curve.threshold;
    const drawn = drawBar((room * bar.pairs) / most, isOut).padEnd(room);
    const kept = `${pairs[places[i]]} from here up`;
    const point = estimate?.findLast(({ threshold }) => threshold <= bar.from);
    const right = point ? ` · ${(100 * point.precision).toFixed(1)} % right` : "";
    return `${labels[i].padStart(width)} ${drawn} ${String(bar.pairs).padStart(String(most).length)} · ${kept}${right}`;
  });
  return [
    `${count(pairs[0], "pair")} · ${words.source[0]} and ${words.target[0]} words`,
    ...rows,
    ...(estimate ? [] : ["no estimate of precision"]),
  ];
}
