const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The extended grapheme clusters of a text (Unicode Standard Annex 29). */
export function clusters(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** One context for each rule of Annex 29 by which a character joins what stands before it, or what follows. */
const BEFORE = ["a", "\r", "가", "각", "🇦"];
const AFTER = ["a", "가"];

/** Whether some character can stand before this one in the same cluster. */
export function joinsPrevious(character: string): boolean {
  return BEFORE.some((before) => isCluster(before + character));
}

/** Whether some character that does not itself join the previous one can follow this one in the same cluster. */
export function joinsNext(character: string): boolean {
  return AFTER.some((after) => isCluster(character + after)) || isCluster(`😀${character}😀`);
}

/** Whether this is a consonant that an Indic virama ties to the consonant before. */
export function isLinkedConsonant(character: string): boolean {
  return isCluster(`क\u094d${character}`);
}

function isCluster(text: string): boolean {
  return graphemes.segment(text).containing(0)?.segment.length === text.length;
}
