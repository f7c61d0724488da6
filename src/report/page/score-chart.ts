import * as Plot from "@observablehq/plot";
import type { EstimatedPoint } from "../../types/estimate.js";
import type { ScoreCurve } from "../model.js";
import { barsOf } from "../score-curve.js";
import { type Chart, chart } from "./chart.js";
import { percent, whole } from "./numbers.js";

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A histogram of the scores, light where the threshold leaves pairs out, with the estimate over it. */
export function scoreChart(
  curve: ScoreCurve,
  estimate: readonly EstimatedPoint[] | undefined,
  threshold: () => number,
): Chart {
  const bars = barsOf(curve);
  const single = curve.thresholds.length === 1;
  const isDrawn = ({ threshold }: EstimatedPoint) =>
    threshold >= curve.range[0] && threshold <= curve.range[1];
  const most = Math.max(...bars.map(({ pairs }) => pairs));
  return chart(`Histogram of ${whole(curve.pairs[0])} scores`, () => ({
    height: 280,
    marginLeft: 56,
    marginRight: estimate ? 48 : 16,
    marginBottom: 40,
    x: {
      label: "score",
      domain: single ? [bars[0].from - 0.5, bars[0].from + 0.5] : curve.range,
      tickSpacing: 48 + 6 * curve.decimals,
    },
    y: { nice: true },
    marks: [
      Plot.gridY(),
      // Named, since an axis of the estimate would take its place.
      Plot.axisY({ anchor: "left", label: "pairs", tickFormat: whole }),
      Plot.rectY(bars, {
        x1: ({ from }) => (single ? from - 0.05 : from),
        x2: ({ from, to }) => (single ? from + 0.05 : to),
        y: "pairs",
        fill: "var(--accent)",
        fillOpacity: ({ from, to }) => (Math.max(from, (from + to) / 2) < threshold() ? 0.3 : 1),
        inset: 0.5,
      }),
      ...(estimate ? estimateMarks(estimate.filter(isDrawn), most) : []),
      Plot.ruleX([threshold()], { stroke: "var(--text)", strokeWidth: 2 }),
      Plot.ruleY([0]),
    ],
  }));
}

/** The estimated precision with its interval, and the recall, on an axis of their own. */
function estimateMarks(estimate: readonly EstimatedPoint[], most: number) {
  const high = (share: number) => share * most;
  return [
    Plot.areaY(estimate, {
      x: "threshold",
      y1: ({ low }) => high(low),
      y2: (point) => high(point.high),
      fill: "var(--good)",
      fillOpacity: 0.25,
    }),
    ...lineOver(estimate, ({ precision }) => high(precision), { stroke: "var(--good)" }),
    ...lineOver(estimate, ({ recall }) => high(recall), { stroke: "var(--warm)", strokeDasharray: "6 4" }),
    Plot.axisY(TICKS.map(high), {
      anchor: "right",
      label: null,
      tickFormat: (value: number) => percent(value / most),
    }),
  ];
}

/** A line with an edge in the colour of what is below the bars, so that it is seen before them. */
function lineOver(
  estimate: readonly EstimatedPoint[],
  y: (point: EstimatedPoint) => number,
  style: { stroke: string; strokeDasharray?: string },
) {
  return [
    Plot.lineY(estimate, { x: "threshold", y, stroke: "var(--card)", strokeWidth: 5 }),
    Plot.lineY(estimate, { x: "threshold", y, strokeWidth: 2, ...style }),
  ];
}
