/**
 * Draws what join.js measured as an SVG: for each engine, recall against the seconds that it took.
 *
 *   node dist/test/bench/plot-join.js [--results test/bench/results/engines.json] [--output test/bench/results/engines.svg]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const WIDTH = 640;
const HEIGHT = 400;
const MARGIN = { left: 56, right: 110, top: 16, bottom: 44 };
const NAME = { width: 84, height: 13 };
const COLOURS = ["#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#a463f2", "#9c6b4e"];

interface Measured {
  engine: string;
  seconds: number;
  forward: number;
  backward: number;
}

const { values } = parseArgs({
  options: {
    results: { type: "string", default: "test/bench/results/engines.json" },
    output: { type: "string", default: "test/bench/results/engines.svg" },
  },
});
const { source, target, dimensions, threads, results } = JSON.parse(readFileSync(values.results, "utf8"));
const points = (results as Measured[]).map(({ engine, seconds, forward, backward }) => ({
  engine,
  seconds,
  recall: Math.min(forward, backward),
}));

const logs = points.map(({ seconds }) => Math.log10(seconds));
const [fastest, slowest] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))];
const lowest = Math.floor(Math.min(...points.map(({ recall }) => recall)) * 20) / 20;
const x = (seconds: number) =>
  MARGIN.left +
  ((Math.log10(seconds) - fastest) / (slowest - fastest)) * (WIDTH - MARGIN.left - MARGIN.right);
const y = (recall: number) =>
  MARGIN.top + ((1 - recall) / (1 - lowest)) * (HEIGHT - MARGIN.top - MARGIN.bottom);

const ticks = Array.from({ length: slowest - fastest + 1 }, (_, i) => 10 ** (fastest + i)).map(
  (seconds) =>
    `<line x1="${x(seconds)}" x2="${x(seconds)}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}" stroke="#ddd"/>` +
    text(x(seconds), HEIGHT - MARGIN.bottom + 16, `${seconds} s`, "middle"),
);
const levels = Array.from({ length: Math.round((1 - lowest) / 0.05) + 1 }, (_, i) => 1 - i * 0.05).map(
  (recall) =>
    `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(recall)}" y2="${y(recall)}" stroke="#ddd"/>` +
    text(MARGIN.left - 6, y(recall) + 4, recall.toFixed(2), "end"),
);
/** Where names stand; one that would cover another goes below it. */
const named: { left: number; top: number }[] = [];
const engines = [...new Set(points.map(({ engine }) => engine))].map((engine, i) => {
  const own = points.filter((point) => point.engine === engine);
  const path = own.map(({ seconds, recall }) => `${x(seconds).toFixed(1)},${y(recall).toFixed(1)}`);
  const dots = path.map((at) => `<circle cx="${at.split(",")[0]}" cy="${at.split(",")[1]}" r="3"/>`);
  const last = own.at(-1)!;
  return `<g fill="${COLOURS[i % COLOURS.length]}"><polyline points="${path.join(" ")}" fill="none" stroke="${COLOURS[i % COLOURS.length]}" stroke-width="2"/>${dots.join("")}${name(engine, last)}</g>`;
});
const caption = `recall@4, the lower of both directions, against time: ${source} × ${target} × ${dimensions}, ${threads} threads`;
writeFileSync(
  values.output,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12"><rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>${[...ticks, ...levels, ...engines].join("")}${text(MARGIN.left, HEIGHT - 8, caption, "start")}</svg>\n`,
);
console.log(values.output);

function name(engine: string, { seconds, recall }: { seconds: number; recall: number }): string {
  const place = { left: x(seconds) + 6, top: y(recall) + 4 };
  const isTaken = ({ left, top }: typeof place) =>
    Math.abs(left - place.left) < NAME.width && Math.abs(top - place.top) < NAME.height;
  while (named.some(isTaken)) place.top += NAME.height;
  named.push(place);
  return text(place.left, place.top, engine, "start");
}

function text(left: number, top: number, words: string, anchor: "start" | "middle" | "end"): string {
  return `<text x="${left.toFixed(1)}" y="${top.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
}
