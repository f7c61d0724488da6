import { InputError } from "../../errors.js";
import type { TextDocument } from "../../types/texts.js";
import { say } from "../../wording.js";
import { SKIP } from "../faults.js";
import type { Piece } from "../members/piece.js";
import { joinSegments } from "../warc/join-segments.js";
import { readRecords } from "../warc/read-records.js";
import type { Reporter } from "./document-counts.js";
import { readPage } from "./read-page.js";

/** The pages of a WARC, WET or ARC. */
export async function* readWebDocuments(
  pieces: AsyncIterable<Piece>,
  path: string,
  { counts, report }: Reporter,
): AsyncGenerator<TextDocument> {
  for await (const record of joinSegments(readRecords(pieces, path, report))) {
    counts.read++;
    const { offset, url, id } = record;
    const { blocks, head, leftOut, cutShort, unknownCharset, problem } = await readPage(record);
    if (cutShort) counts.cutShort++;
    if (unknownCharset) counts.unknownCharset++;
    if (leftOut) counts.leftOut[leftOut]++;
    if (blocks.length > 0) {
      counts.kept++;
      yield { blocks, offset, url, id, head };
    }
    if (problem)
      report(new InputError({ path, byte: offset }, problem, { advice: say`Pass ${SKIP} to leave it out.` }));
  }
}
