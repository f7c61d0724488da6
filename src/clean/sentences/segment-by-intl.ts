import type { Segment } from "./segment-in-windows.js";

const OPENING = /[\p{Ps}\p{Pi}]+$/u;
/** More opening marks in a row than anyone writes. */
const MOST_OPENING = 4;

/** Cuts texts into sentences by Unicode's rules (UAX 29), which know no abbreviation. */
export function segmentByIntl(): Segment {
  const segmenters = new Map<string, Intl.Segmenter>();
  return (language, text) => {
    const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: "sentence" });
    segmenters.set(language, segmenter);
    return Array.from(segmenter.segment(text), ({ segment }) => segment).reduce(moveOpening, []);
  };
}

/** Moves an opening mark from the end of a sentence, where Unicode's rules leave it if no space parts them, to the next. */
function moveOpening(pieces: string[], piece: string): string[] {
  const opening = OPENING.exec(pieces.at(-1)?.slice(-MOST_OPENING) ?? "")?.[0] ?? "";
  if (opening !== "") pieces[pieces.length - 1] = pieces.at(-1)!.slice(0, -opening.length);
  pieces.push(opening + piece);
  return pieces;
}
