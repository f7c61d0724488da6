export const CLUSTER_RESULTS = "test/bench/results/cluster.json";

/** One way through all the work. */
export interface ClusterRow {
  way: string;
  /** What was done to it. */
  disturbed: string[];
  /** What it said of that. */
  said: string[];
  /** Jobs that Slurm started; one that was sent again is two. */
  starts: number;
  seconds: number;
  /** Whether every byte of the bitexts is that of one machine. */
  same: boolean;
}

export interface ClusterResults {
  machine: string;
  versions: Record<string, string>;
  /** Pairs in each bitext. */
  pairs: Record<string, number>;
  rows: ClusterRow[];
}

/** The README's table. */
export function formatClusterTable({ rows }: ClusterResults): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    row(["way", "starts", "seconds", "what was done to it", "bitexts"]),
    row(["---", "---:", "---:", "---", "---"]),
    ...rows.map(({ way, starts, seconds, disturbed, same }) =>
      row([
        way,
        String(starts),
        seconds.toFixed(0),
        disturbed.join("; ") || "nothing",
        same ? "the same bytes" : "OTHER BYTES",
      ]),
    ),
  ].join("\n");
}
