import { type DocumentCounts, noDocuments } from "../../read/documents/document-counts.js";

/** What became of the text of some records. */
export interface ExtractCounts {
  /** Records of the inputs, such as pages. */
  records: DocumentCounts;
  /** Paragraphs, how many were mended (mojibake), and how many left out for which reason. */
  blocks: {
    /** Those that were met. */
    read: number;
    /** Those whose text was decoded wrongly once, and was mended. */
    repaired: number;
    /** By reason, those left out. */
    dropped: Record<string, number>;
  };
  /** With pages as the unit: pages with text, and how many were left out for which reason. */
  pages?: {
    /** Those that were met. */
    read: number;
    /** Those of which a sentence is left. */
    kept: number;
    /** By reason, those left out. */
    dropped: Record<string, number>;
  };
  /** Sentences, and how many were left out for which reason. */
  sentences: {
    /** Those that the paragraphs were split into. */
    read: number;
    /** Those that no rule left out. */
    kept: number;
    /** By reason, those left out. */
    dropped: Record<string, number>;
  };
}

export function noCounts(): ExtractCounts {
  return {
    records: noDocuments(),
    blocks: { read: 0, repaired: 0, dropped: {} },
    sentences: { read: 0, kept: 0, dropped: {} },
  };
}

/** Counts one more of a kind. */
export function count(kinds: Record<string, number>, kind: string): void {
  kinds[kind] = (kinds[kind] ?? 0) + 1;
}

/** Adds all counts of `more` to `counts`. */
export function addCounts<T extends object>(counts: T, more: T): void {
  const sums = counts as Record<string, unknown>;
  for (const [name, value] of Object.entries(more)) {
    if (typeof value === "number") sums[name] = ((sums[name] as number | undefined) ?? 0) + value;
    else {
      sums[name] ??= {};
      addCounts(sums[name] as object, value);
    }
  }
}
