export const NOISE_RESULTS = "test/bench/results/noise.json";

export interface NoiseResults {
  machine: string;
  /** What filters, in the order of the columns. */
  systems: string[];
  /** Of the good pairs first: how many there are, and what share of them each system rejects. */
  rows: { kind: string; pairs: number; rejected: number[] }[];
}

/** The README's table of what is caught. */
export function formatNoiseTable({ systems, rows }: NoiseResults): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    row(["share caught", "pairs", ...systems]),
    row(["---", "---:", ...systems.map(() => "---:")]),
    ...rows.map(({ kind, pairs, rejected }) =>
      row([kind, String(pairs), ...rejected.map((share) => share.toFixed(3))]),
    ),
  ].join("\n");
}
