import { dot } from "../statistics/dot.js";
import type { PageSentences } from "./page-vector.js";

/** Sentences whose mean cosine tells how near a sentence is to all. */
const NEIGHBOURS = 4;

/** Two sentences that are each other's best. */
export interface Anchor {
  source: number;
  target: number;
  /** Their cosine less the mean of both to their nearest. */
  margin: number;
}

/**
 * Sentences of two pages that are each other's best by the margin `distance` (Artetxe & Schwenk 2019), in the order of the
 * target. Memory: some numbers a sentence; so each cosine is computed twice.
 */
export function findAnchors(source: PageSentences, target: PageSentences): Anchor[] {
  const [rows, columns] = [source.lengths.length, target.lengths.length];
  const [nearRow, nearColumn] = [new Nearest(rows, columns), new Nearest(columns, rows)];
  forEachCosine(source, target, (row, column, cosine) => {
    nearRow.add(row, cosine);
    nearColumn.add(column, cosine);
  });
  const [ofRow, ofColumn] = [new Best(rows), new Best(columns)];
  forEachCosine(source, target, (row, column, cosine) => {
    const margin = cosine - (nearRow.mean(row) + nearColumn.mean(column)) / 2;
    ofRow.add(row, column, margin);
    ofColumn.add(column, row, margin);
  });
  return Array.from(ofColumn.other, (row, column) => ({
    source: row,
    target: column,
    margin: ofColumn.margin[column],
  })).filter(({ source: row, target: column }) => ofRow.other[row] === column);
}

function forEachCosine(
  source: PageSentences,
  target: PageSentences,
  use: (row: number, column: number, cosine: number) => void,
): void {
  const x = { data: source.vectors, dimensions: source.dimensions };
  const y = { data: target.vectors };
  for (let row = 0; row < source.lengths.length; row++)
    for (let column = 0; column < target.lengths.length; column++) use(row, column, dot(x, row, y, column));
}

/** The highest cosines of each sentence. */
class Nearest {
  private readonly size: number;
  /** Of each sentence in ascending order. */
  private readonly cosines: Float64Array;

  constructor(sentences: number, others: number) {
    this.size = Math.min(NEIGHBOURS, others);
    this.cosines = new Float64Array(sentences * this.size).fill(Number.NEGATIVE_INFINITY);
  }

  add(sentence: number, cosine: number): void {
    const first = sentence * this.size;
    if (cosine <= this.cosines[first]) return;
    let at = first;
    for (; at + 1 < first + this.size && this.cosines[at + 1] < cosine; at++)
      this.cosines[at] = this.cosines[at + 1];
    this.cosines[at] = cosine;
  }

  mean(sentence: number): number {
    const first = sentence * this.size;
    let sum = 0;
    for (let at = first; at < first + this.size; at++) sum += this.cosines[at];
    return sum / this.size;
  }
}

/** Of each sentence the other one of the highest margin; the first of several. */
class Best {
  readonly other: Uint32Array;
  readonly margin: Float64Array;

  constructor(sentences: number) {
    this.other = new Uint32Array(sentences);
    this.margin = new Float64Array(sentences).fill(Number.NEGATIVE_INFINITY);
  }

  add(sentence: number, other: number, margin: number): void {
    if (margin <= this.margin[sentence]) return;
    this.margin[sentence] = margin;
    this.other[sentence] = other;
  }
}
