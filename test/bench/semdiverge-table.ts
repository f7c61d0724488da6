import type { Interval } from "../../src/index.js";

export const RESULTS = "test/bench/results/semdiverge.json";

/** The two halves of the set, and their files. */
export const HALVES = { "web pages": "commoncrawl.test", subtitles: "opensubs.test" };

export const SCORED = ["cosine", "distance", "ratio", "adequacy"] as const;
export type ScoredBy = (typeof SCORED)[number];

/** Areas under the ROC curve, by half and encoder, and what they are above the cosine of the reference. */
export interface SemdivergeResults {
  machine: string;
  /** The encoder whose cosine the others are compared with. */
  reference: string;
  halves: Record<
    string,
    {
      pairs: number;
      /** Pairs labelled as of the same meaning. */
      same: number;
      encoders: Record<string, Record<ScoredBy, Area>>;
    }
  >;
}

interface Area {
  auc: number;
  interval: Interval;
  gain: number;
  gainInterval: Interval;
}

/** The README's table, in Markdown. */
export function formatSemdiverge({ halves }: SemdivergeResults): string {
  const lines = Object.entries(halves).flatMap(([half, { encoders }]) =>
    Object.entries(encoders).map(([name, by]) => [
      half,
      name,
      ...SCORED.map((score) => {
        const { auc, interval } = by[score];
        return `${auc.toFixed(3)} (${interval.low.toFixed(3)}–${interval.high.toFixed(3)})`;
      }),
    ]),
  );
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const header = ["half", "encoder", ...SCORED];
  const rule = header.map((_, i) => (i < 2 ? "---" : "---:"));
  return [header, rule, ...lines].map(line).join("\n");
}
