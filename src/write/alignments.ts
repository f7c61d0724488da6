/** What of an alignment is written beside its texts. */
export interface WrittenAlignment {
  /** Lines of each side, from 1; none where the other side's stand alone. */
  sourceLines: readonly number[];
  targetLines: readonly number[];
  cost: number;
  cosine: number;
}

/** A line as Vecalign writes it: `[0, 1]:[0]:0.120000`, lines from 0 and the cost. */
export function formatVecalign({ sourceLines, targetLines, cost }: WrittenAlignment): string {
  return `${listLines(sourceLines)}:${listLines(targetLines)}:${cost.toFixed(6)}\n`;
}

const listLines = (lines: readonly number[]) => `[${lines.map((line) => line - 1).join(", ")}]`;

/**
 * Hunalign's ladder: a rung where each alignment begins, `source⇥target⇥cosine`, lines from 0; the last stands after both
 * texts. Between two rungs are the lines that belong together. Blank lines between alignments stand alone, on rungs of their
 * own; one within an alignment goes with it.
 */
export class Ladder {
  /** The lines that are behind. */
  private source = 0;
  private target = 0;

  /** The rung where an alignment begins, after those of the blank lines before it. */
  format({ sourceLines, targetLines, cosine }: WrittenAlignment): string {
    const source = sourceLines.length > 0 ? sourceLines[0] - 1 : this.source;
    const target = targetLines.length > 0 ? targetLines[0] - 1 : this.target;
    let rungs = "";
    for (; this.source < source; this.source++) rungs += this.rung(0);
    for (; this.target < target; this.target++) rungs += this.rung(0);
    rungs += this.rung(Number.isNaN(cosine) ? 0 : cosine);
    this.source = sourceLines.at(-1) ?? source;
    this.target = targetLines.at(-1) ?? target;
    return rungs;
  }

  /** The rung after the last alignment. */
  end(): string {
    return this.rung(0);
  }

  private rung(score: number): string {
    return `${this.source}\t${this.target}\t${score.toFixed(6)}\n`;
  }
}

/** Lines in a row: `3`, or `3-4`. */
export function formatLines(lines: readonly number[]): string {
  return lines.length < 2 ? lines.join() : `${lines[0]}-${lines.at(-1)}`;
}
