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
  const domain = [edges[Math.min(...used)], edges[Math.max(...used) + 1]];
  const most = Math.max(...cells.map(({ pairs }) => pairs));
  const axis = { type: "log", domain, tickFormat: whole, grid: true, ticks: 5 } as const;
  const { node } = chart("Characters of source and target, by pairs", () => ({
    height: 360,
    marginLeft: 56,
    marginBottom: 40,
    x: { ...axis, label: "characters of the source" },
    y: { ...axis, label: "characters of the target" },
    marks: [
      Plot.rect(cells, {
        x1: ({ source }) => edges[source],
        x2: ({ source }) => edges[source + 1],
        y1: ({ target }) => edges[target],
        y2: ({ target }) => edges[target + 1],
        fill: "var(--accent)",
        fillOpacity: ({ pairs }) => 0.15 + (0.85 * Math.log1p(pairs)) / Math.log1p(most),
        inset: 0.5,
        title: ({ pairs }) => `${whole(pairs)} pairs`,
      }),
      Plot.line(
        [domain, domain].map(([low, high], i) => (i === 0 ? [low, low] : [high, high])),
        {
          stroke: "currentColor",
          strokeOpacity: 0.5,
          strokeDasharray: "4 4",
        },
      ),
    ],
  }));
  return section("Lengths", node);
}
