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
 * texts. Between two rungs are the lines that belong together; a blank line goes with those before it.
 */
export class Ladder {
  private source = 0;
  private target = 0;
  private sourceLines = 0;
  private targetLines = 0;

  /** The rung where an alignment begins. */
  format({ sourceLines, targetLines, cosine }: WrittenAlignment): string {
    this.source = sourceLines.length > 0 ? sourceLines[0] - 1 : this.sourceLines;
    this.target = targetLines.length > 0 ? targetLines[0] - 1 : this.targetLines;
    this.sourceLines = sourceLines.at(-1) ?? this.sourceLines;
    this.targetLines = targetLines.at(-1) ?? this.targetLines;
    return this.rung(Number.isNaN(cosine) ? 0 : cosine);
  }

  /** The rung after the last alignment. */
  end(): string {
    this.source = this.sourceLines;
    this.target = this.targetLines;
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
