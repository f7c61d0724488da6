import type { ProgressEvent } from "../src/index.js";

/**
 * How far a stage is, how fast it goes, and how long it will take.
 *
 * @param since how much of it was done in the last `seconds`
 */
export function describeProgress(
  { stage, done, total, unit, detail }: ProgressEvent,
  since: number,
  seconds: number,
): string {
  const rate = seconds > 0 ? since / seconds : 0;
  const parts = [`${stage}: ${compact(done)}${total ? ` of ${compact(total)}` : ""} ${unit}`];
  if (rate > 0) parts.push(`${compact(rate)}/s`);
  if (total && rate > 0) parts.push(`${duration((total - done) / rate)} left`);
  if (detail) parts.push(detail);
  return parts.join(" · ");
}

function compact(count: number): string {
  return new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 }).format(count);
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
