import type { Markish, PlotOptions } from "@observablehq/plot";
import * as Plot from "@observablehq/plot";
import { element } from "./element.js";

/** How a chart is drawn that is as wide as its place. */
export type ChartOptions = Omit<PlotOptions, "width" | "marks"> & { marks: Markish[] };

/** A chart that is drawn again when its place gets another width, or what it shows changes. */
export interface Chart {
  node: HTMLElement;
  draw(): void;
}

/** @param label what a reader hears who does not see it */
export function chart(label: string, options: () => ChartOptions): Chart {
  const node = element("div", { class: "chart", role: "img", "aria-label": label });
  let width = 0;
  const draw = () => {
    if (width === 0) return;
    const drawn = Plot.plot({ ...options(), width, style: { fontSize: "12px" } });
    // Plot names groups that have no role, which nothing may name; the chart as a whole has a name.
    drawn.setAttribute("aria-hidden", "true");
    node.replaceChildren(drawn);
  };
  new ResizeObserver(([{ contentRect }]) => {
    const now = Math.floor(contentRect.width);
    if (now === width) return;
    width = now;
    draw();
  }).observe(node);
  return { node, draw };
}
