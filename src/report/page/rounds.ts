import * as Plot from "@observablehq/plot";
import type { ReportPart, RoundCurve } from "../model.js";
import { chart } from "./chart.js";
import { type Child, element } from "./element.js";
import { percent, whole } from "./numbers.js";
import { section } from "./sections.js";
import { table } from "./table.js";

/** What each figure is. */
const NAMES: Readonly<Record<string, string>> = {
  found: "pairs",
  training: "to train on",
  mutual: "mutual",
  agreement: "as before",
  validation: "validation",
  nearer: "nearer",
  precision: "precision",
  precisionAt1: "P@1",
  bestF1: "best F1",
  tatoeba: "Tatoeba",
};
const COUNTS = ["found", "training"];
const COLOURS = ["var(--accent)", "var(--warm)", "var(--good)", "var(--plum)", "var(--text)"];

/** The rounds of a loop: their shares as lines, and all figures in a table. */
export function roundsSection({ rounds }: ReportPart): Child {
  if (!rounds || rounds.every((curve) => curve.rounds.length === 0)) return undefined;
  return section(
    "Rounds",
    rounds.map((curve) => [element("h4", {}, curve.name), lines(curve), figures(curve)]),
  );
}

function lines({ name, rounds }: RoundCurve): Child {
  const points = rounds.flatMap(({ round, figures }) =>
    Object.entries(figures)
      .filter(([figure]) => !COUNTS.includes(figure))
      .map(([figure, value]) => ({ round, figure: NAMES[figure] ?? figure, value })),
  );
  if (rounds.length < 2 || points.length === 0) return undefined;
  const domain = [...new Set(points.map(({ figure }) => figure))];
  return chart(`Figures of ${name} by round`, () => ({
    height: 240,
    marginLeft: 48,
    marginRight: 96,
    x: { label: "round", ticks: rounds.map(({ round }) => round), tickFormat: String },
    y: { label: null, domain: [0, 1], grid: true, tickFormat: percent },
    color: { domain, range: domain.map((_, i) => COLOURS[i % COLOURS.length]) },
    marks: [
      Plot.lineY(points, { x: "round", y: "value", stroke: "figure", strokeWidth: 2, marker: "dot" }),
      Plot.text(
        points,
        Plot.selectLast({ x: "round", y: "value", z: "figure", text: "figure", textAnchor: "start", dx: 8 }),
      ),
    ],
  })).node;
}

function figures({ name, rounds }: RoundCurve): Child {
  const names = [...new Set(rounds.flatMap(({ figures }) => Object.keys(figures)))];
  const cell = (figure: string, value: number | undefined) => {
    if (value === undefined) return "–";
    return COUNTS.includes(figure) ? whole(value) : value.toFixed(3);
  };
  return table(
    `Figures of ${name}`,
    ["round", ...names.map((figure) => NAMES[figure] ?? figure)],
    rounds.map(({ round, figures }) => [
      String(round),
      ...names.map((figure) => cell(figure, figures[figure])),
    ]),
  );
}
