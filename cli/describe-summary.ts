import type { EstimatedPoint, MineSummary, Quantiles, SearchedCounts, StageSeconds } from "../src/index.js";
import { count } from "./count.js";

/** What a mining run did, in a few lines for people. */
export function describeSummary(summary: MineSummary): string {
  const { scores } = summary;
  const lines = [
    `source: ${describeSide(summary.source)}`,
    `target: ${describeSide(summary.target)}`,
    [
      summary.encoder === "" ? "nothing embedded" : `embedded with ${summary.encoder}`,
      ...(summary.centre ? ["each side's mean subtracted"] : []),
      ...(summary.rescorer ? [`re-scored with ${summary.rescorer}`] : []),
      `${count(summary.candidates, "candidate")}`,
      ...omitted([
        [summary.copies, "untranslated copy", "untranslated copies"],
        [summary.notFinite ?? 0, "without a finite score"],
        [summary.smallBase, "with a neighbourhood below 0.01"],
        [summary.belowThreshold, "pair below the threshold", "pairs below the threshold"],
      ]),
      `${count(summary.pairs, "pair")} written`,
    ].join(" · "),
  ];
  if (summary.estimate) lines.push(describeEstimate(summary.estimate));
  if (scores) lines.push(describeScores(scores));
  lines.push(describeSeconds(summary.seconds));
  return lines.join("\n");
}

export function describeScores({ minimum, quarter, median, threeQuarters, maximum }: Quantiles): string {
  const [low, q1, q2, q3, high] = [minimum, quarter, median, threeQuarters, maximum].map((s) => s.toFixed(3));
  return `scores: lowest ${low} · 25 % ${q1} · median ${q2} · 75 % ${q3} · highest ${high}`;
}

/** What is estimated of a threshold that was chosen without gold. */
export function describeEstimate({ threshold, pairs, precision, low, high, recall }: EstimatedPoint): string {
  const [right, least, most, found] = [precision, low, high, recall].map((share) => Math.round(100 * share));
  return `threshold ${threshold}: about ${right} % of ${count(pairs, "pair")} right (${least}–${most} %), and ${found} % of all right ones among them`;
}

export function describeSeconds(seconds: StageSeconds): string {
  return `seconds: ${Object.entries(seconds)
    .map(([stage, s]) => `${stage} ${s.toFixed(1)}`)
    .join(" · ")}`;
}

function describeSide(counts: SearchedCounts): string {
  return [
    count(counts.lines, "line"),
    count(counts.sentences, "sentence"),
    ...omitted([
      [counts.blank, "blank"],
      [counts.tooShort, "too short"],
      [counts.tooLong, "too long"],
      [counts.duplicates, "duplicate", "duplicates"],
      [counts.skipped, "skipped"],
      [counts.zeroVectors, "without a vector"],
      [counts.nearDuplicates, "near-duplicate", "near-duplicates"],
    ]),
  ].join(" · ");
}

function omitted(counts: [n: number, one: string, several?: string][]): string[] {
  return counts.filter(([n]) => n > 0).map(([n, one, several = one]) => count(n, one, several));
}
