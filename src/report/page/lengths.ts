import * as Plot from "@observablehq/plot";
import type { ReportPart } from "../model.js";
import { chart } from "./chart.js";
import type { Child } from "./element.js";
import { whole } from "./numbers.js";
import { section } from "./sections.js";

/** How long the sides of pairs are beside each other. */
export function lengthsSection({ lengths }: ReportPart): Child {
  if (!lengths || lengths.cells.length === 0) return undefined;
  const { edges, cells } = lengths;
  const used = cells.flatMap(({ source, target }) => [source, target]);
  const range = [edges[Math.min(...used)], edges[Math.max(...used) + 1]];
  const domain = range.map(Math.log);
  const most = Math.max(...cells.map(({ pairs }) => pairs));
  // Of logarithms, since a logarithmic axis leaves labels out even where its ticks are named.
  const axis = {
    domain,
    grid: true,
    ticks: ticksIn(range).map(Math.log),
    tickFormat: (logarithm: number) => whole(Math.round(Math.exp(logarithm))),
  };
  const at = (cell: number) => Math.log(edges[cell]);
  const { node } = chart("Characters of source and target, by pairs", () => ({
    height: 360,
    marginLeft: 56,
    marginBottom: 40,
    x: { ...axis, label: "characters of the source" },
    y: { ...axis, label: "characters of the target" },
    marks: [
      Plot.rect(cells, {
        x1: ({ source }) => at(source),
        x2: ({ source }) => at(source + 1),
        y1: ({ target }) => at(target),
        y2: ({ target }) => at(target + 1),
        fill: "var(--accent)",
        fillOpacity: ({ pairs }) => 0.15 + (0.85 * Math.log1p(pairs)) / Math.log1p(most),
        inset: 0.5,
        title: ({ pairs }) => `${whole(pairs)} pairs`,
      }),
      Plot.line(
        domain.map((end) => [end, end]),
        { stroke: "currentColor", strokeOpacity: 0.5, strokeDasharray: "4 4" },
      ),
    ],
  }));
  return section("Lengths", node);
}

/** Round lengths of a range. */
function ticksIn([low, high]: readonly number[]): number[] {
  const inside = (factors: readonly number[]) =>
    [1, 10, 100, 1000, 10_000]
      .flatMap((power) => factors.map((factor) => factor * power))
      .filter((tick) => tick >= low && tick <= high);
  const few = inside([1, 2, 5]);
  return few.length > 2 ? few : inside([1, 1.2, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]);
}
