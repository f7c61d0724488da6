import type { Distribution } from "../src/index.js";
import type { Context } from "./context.js";

const WIDEST = 60;
const NARROWEST = 10;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** How a histogram is drawn. */
export interface HistogramOptions {
  /** Columns of the terminal. */
  columns?: number;
  /** Bins that end at or below it are drawn light: their pairs are left out. */
  threshold?: number;
}

/** Behind a summary, for people at a terminal or who want to know more: how its scores are distributed. */
export function withHistogram(
  described: string,
  { distribution, estimate }: { distribution?: Distribution; estimate?: { threshold: number } },
  { threshold: given, verbose }: { threshold?: number | "auto"; verbose?: boolean },
  { isTTY, columns }: Context["stderr"],
): string {
  if (!distribution || !(isTTY || verbose)) return described;
  const threshold = estimate?.threshold ?? (given === "auto" ? undefined : given);
  return `${described}\n${drawHistogram(distribution, { columns, threshold })}`;
}

/** A histogram of a line a bin: the score that it begins at, a bar, and how many scores it has. */
export function drawHistogram(
  { lowest, highest, counts }: Distribution,
  { columns = 80, threshold = Number.NEGATIVE_INFINITY }: HistogramOptions,
): string {
  const most = Math.max(...counts);
  const edge = (bin: number) => lowest + ((highest - lowest) * bin) / counts.length;
  const labels = counts.map((_, bin) => edge(bin).toFixed(3));
  const taken = Math.max(...labels.map(({ length }) => length)) + String(most).length + 2;
  const width = Math.max(NARROWEST, Math.min(WIDEST, columns - taken - 1));
  return counts
    .map((count, bin) => {
      const isOut = edge(bin + 1) <= threshold;
      return `${labels[bin].padStart(5)} ${drawBar((width * count) / most, isOut)} ${count}`;
    })
    .join("\n");
}

/** A bar, in eighths of a column; a light one in whole columns. */
export function drawBar(length: number, light: boolean): string {
  if (light) return "░".repeat(Math.ceil(length));
  const eighths = Math.ceil(length * 8);
  return "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
