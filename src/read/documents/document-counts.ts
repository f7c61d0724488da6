import type { Report } from "../faults.js";

/**
 * Why a readable record gives no document: it holds no page (a request, a robots.txt, a DNS answer); it only says that a
 * page was the same as before (a revisit); it goes on with a record that stands in another file (a continuation); its
 * page could not be fetched (the HTTP status is not 2xx); its content is not text; or its text is empty.
 */
export type LeftOut = "not-a-page" | "revisit" | "continuation" | "http-status" | "not-text" | "empty";

/** What became of the records of an input; those that could be read are `kept` or `leftOut`. */
export interface DocumentCounts {
  /** Records, lines or elements that were met. */
  read: number;
  /** Those that gave a document. */
  kept: number;
  /** By reason, those that gave none. */
  leftOut: Record<LeftOut, number>;
  /**
   * What was reported: records that could not be read, or not to their end; damage to several at once counts as one.
   */
  broken: number;
  /** Pages that were cut short, whose last unfinished block is left out. */
  cutShort: number;
  /** Pages that name a character set which nobody knows, so that theirs had to be detected. */
  unknownCharset: number;
}

/** Who hears of each record of an input: what becomes of it is counted, and what is broken reported. */
export interface Reporter {
  counts: DocumentCounts;
  report: Report;
}

/** How many records could be read, whether they gave a document or not. */
export function countReadable({ kept, leftOut }: DocumentCounts): number {
  return Object.values(leftOut).reduce((sum, count) => sum + count, kept);
}

export function noDocuments(): DocumentCounts {
  const leftOut = {
    "not-a-page": 0,
    revisit: 0,
    continuation: 0,
    "http-status": 0,
    "not-text": 0,
    empty: 0,
  };
  return { read: 0, kept: 0, leftOut, broken: 0, cutShort: 0, unknownCharset: 0 };
}
