import { dirname } from "node:path";
import type { Pair } from "../../types/bitexts.js";
import type { Report } from "../faults.js";
import type { Input } from "../input.js";
import type { UnitsReading } from "../units/units-options.js";
import { decodeXml } from "../xml/decode-xml.js";
import type { Start } from "../xml/own-names.js";
import { INVALID, ResumingParser } from "../xml/resuming-parser.js";
import { AlignmentParser, type Group, type Link } from "./alignment-parser.js";
import { Documents } from "./find-document.js";
import { LinkedTexts } from "./linked-texts.js";

/** Where an alignment finds its documents. */
export interface ReadXcesOptions {
  /** xces: folders and zip files with the documents that are aligned. @default the folder of the alignment */
  documents?: readonly string[];
}

/**
 * Reads an XCES alignment (OPUS's `de-en.xml.gz`) as a stream, a pair a link, with the texts of the documents that it names; of
 * several sentences a space joins the texts. A link's certainty is its score. Links without sentences on one side are left
 * out. Costs the memory of two documents.
 *
 * @throws InputError, with the line, for a document that is not there, or a sentence that it lacks; BrokenInput if XML is broken
 */
export async function* readXces(
  input: Input,
  chunks: AsyncIterable<Buffer>,
  options: UnitsReading & ReadXcesOptions & { signal?: AbortSignal },
  report: Report,
): AsyncGenerator<Pair[]> {
  const { path, onError, onLeftOut, signal } = options;
  const goesOn = onError === "skip";
  const found: (Group | Link)[] = [];
  const begin = (start?: Start) => new AlignmentParser(path, (one) => void found.push(one), start);
  const parser = goesOn ? new ResumingParser(begin, ["link", "linkGrp"], report) : begin().xml;
  await using documents = new Documents(
    options.documents ?? [dirname(typeof input === "string" ? input : path)],
  );
  const texts = new LinkedTexts(documents, report, { path, onLeftOut, signal });
  for await (const text of withEnd(decodeXml(chunks, path, goesOn ? () => INVALID : undefined))) {
    let failure: { error: unknown } | undefined;
    try {
      if (text === undefined) parser.end();
      else parser.write(text);
    } catch (error) {
      failure = { error };
    }
    // What ended before a fault is given before it.
    const pairs: Pair[] = [];
    for (const one of found.splice(0)) {
      const pair = one.kind === "group" ? await texts.open(one) : texts.pairOf(one);
      if (pair) pairs.push(pair);
    }
    yield pairs;
    if (failure) throw failure.error;
  }
}

async function* withEnd<T>(pieces: AsyncIterable<T>): AsyncGenerator<T | undefined> {
  yield* pieces;
  yield undefined;
}
