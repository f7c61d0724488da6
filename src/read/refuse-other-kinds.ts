import { InputError, type Place } from "../errors.js";
import { peek } from "./peek.js";

type Kinds = readonly (readonly [RegExp, kind: string, advice: string])[];

/** How files begin that are no lines of text, though every line of them is one. */
const KINDS: Kinds = [
  [/^WARC\/\d/, "a web dump (WARC)", "Take its sentences out first, with extract."],
  [/^filedesc:\/\//, "a web dump (ARC)", "Take its sentences out first, with extract."],
  [/^\s*(<!doctype html|<html[\s>])/i, "a web page (HTML)", "Take its text out first."],
  [
    /^\s*<((!doctype\s+)?(src|ref|tst)set[\s>]|doc\s[^>]*\b(docid|sysid)\s*=)/i,
    "WMT's SGML",
    "Write the text of each <seg> on a line of its own first, as sacrebleu gives WMT's test sets.",
  ],
  [
    /^\s*<(\?xml\s|!doctype\s|([^\s<>/:]+:)?(tmx|xliff|cesalign|cesdoc)[\s>])/i,
    "XML",
    "Take its texts out first; with convert, if it is a bitext in TMX, XLIFF or XCES, which is given alone.",
  ],
];

/** The same of two files that are paired line by line. */
export const KINDS_OF_TWO: Kinds = [
  ...KINDS,
  [
    /^\s*(\[\s*)?\{\s*"(\\.|[^"\\])*"\s*:/,
    "JSON",
    "Give a bitext in JSON alone; write two texts a sentence a line first.",
  ],
];

const START_BYTES = 256;

/**
 * Passes on what is to be read line by line.
 *
 * @throws InputError if it begins as what would give a sentence for each line of its markup
 */
export async function* refuseOtherKinds(
  chunks: AsyncIterable<Buffer>,
  path: string,
  kinds = KINDS,
): AsyncGenerator<Buffer> {
  const { head, all, close } = await peek(chunks, START_BYTES);
  try {
    const start = head.toString("latin1", 0, START_BYTES).replace(/^\xef\xbb\xbf/, "");
    refuseOtherKind(start, { path, line: 1 }, "a sentence a line", kinds);
  } catch (error) {
    await close();
    throw error;
  }
  yield* all;
}

/** @throws InputError if a file that begins with `start` is no lines of text */
export function refuseOtherKind(start: string, place: Place, expected: string, kinds = KINDS): void {
  const found = kinds.find(([beginning]) => beginning.test(start));
  if (!found) return;
  const [, kind, advice] = found;
  throw new InputError(place, `begins as ${kind}; expected ${expected}.`, { advice });
}
