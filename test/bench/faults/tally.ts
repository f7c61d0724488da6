import { FAILURES, type Judgement, type Verdict } from "./verdict.js";

/** What is told of a failure: enough to find it, no more than fits. */
const DETAIL_CHARACTERS = 600;
/** Failures of a row that are told; all are counted. */
const TOLD = 5;

/** Counts what came of the faults of each row, and tells the failures. */
export class Tally {
  private readonly rows = new Map<string, Map<Verdict, number>>();

  constructor(private readonly what: string) {}

  add(row: string, fault: string, { verdict, detail }: Judgement): void {
    const counts = this.rows.get(row) ?? new Map<Verdict, number>();
    this.rows.set(row, counts);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    if (verdict === "fine" || verdict === "refused" || failuresOf(counts) > TOLD) return;
    console.error(`${verdict.toUpperCase()} ${row}, ${fault}: ${detail.slice(0, DETAIL_CHARACTERS)}\n`);
  }

  get failures(): number {
    return [...this.rows.values()].reduce((sum, counts) => sum + failuresOf(counts), 0);
  }

  /** A row for each, and their sum. */
  toMarkdown(): string {
    const columns: readonly Verdict[] = ["fine", "refused", ...FAILURES];
    const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
    const cells = (name: string, counts: ReadonlyMap<Verdict, number>) => {
      const faults = [...counts.values()].reduce((sum, count) => sum + count, 0);
      return line([name, faults, ...columns.map((verdict) => counts.get(verdict) ?? 0)]);
    };
    const all = new Map<Verdict, number>();
    for (const counts of this.rows.values())
      for (const [verdict, count] of counts) all.set(verdict, (all.get(verdict) ?? 0) + count);
    return [
      line([this.what, "faults", ...columns]),
      line(["---", ...columns.map(() => "---:"), "---:"]),
      ...[...this.rows].map(([name, counts]) => cells(name, counts)),
      cells("all", all),
    ].join("\n");
  }
}

function failuresOf(counts: ReadonlyMap<Verdict, number>): number {
  return FAILURES.reduce((sum, verdict) => sum + (counts.get(verdict) ?? 0), 0);
}
