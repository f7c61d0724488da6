import { InputError } from "../errors.js";
import { peek } from "./peek.js";

/** How files begin that are no lines of text, though every line of them is one. */
const KINDS: readonly (readonly [RegExp, kind: string, advice: string])[] = [
  [/^WARC\/\d/, "a web dump (WARC)", "Take its sentences out first, with extract."],
  [/^filedesc:\/\//, "a web dump (ARC)", "Take its sentences out first, with extract."],
  [
    /^\s*(<\?xml\s|<tmx\s)/i,
    "XML",
    "Take its texts out first; with convert, if it is a bitext in TMX, XLIFF or XCES.",
  ],
  [/^\s*(<!doctype html|<html[\s>])/i, "a web page (HTML)", "Take its text out first."],
];

const START_BYTES = 64;

/**
 * Passes on what is to be read line by line.
 *
 * @throws InputError if it begins as what would give a sentence for each line of its markup
 */
export async function* refuseOtherKinds(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const { head, all, close } = await peek(chunks, START_BYTES);
  const start = head.toString("latin1", 0, START_BYTES).replace(/^\xef\xbb\xbf/, "");
  const found = KINDS.find(([beginning]) => beginning.test(start));
  if (found) {
    await close();
    const [, kind, advice] = found;
    throw new InputError({ path, line: 1 }, `begins as ${kind}; expected a sentence a line.`, { advice });
  }
  yield* all;
}
