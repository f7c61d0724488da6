/** What tools call the source's column, and by the same place the target's. */
const SIDES: readonly (readonly [source: string, target: string])[] = [
  ["source", "target"],
  ["src", "tgt"],
  ["src", "trg"],
  ["src_text", "trg_text"],
  ["src_text", "tgt_text"],
  ["source_text", "target_text"],
  ["source_sentence", "target_sentence"],
  ["src_sentence", "tgt_sentence"],
  ["src_sent", "tgt_sent"],
  ["src_sent", "trg_sent"],
  ["source_content", "target_content"],
  ["sentence1", "sentence2"],
  ["sentence_1", "sentence_2"],
  ["sent1", "sent2"],
  ["text1", "text2"],
  ["sourcestring", "targetstring"],
];

/** What tools call a score; the one that judges the pair best goes first. */
const SCORES: readonly string[] = [
  "score",
  "bicleaner_ai_score",
  "bicleaner_score",
  "score_bicleaner",
  "bicleaner",
  "laser_score",
  "laser_similarity",
  "margin_score",
  "margin",
  "similarity",
  "cosine",
  "labse",
  "aligner_score",
];

const NO_TEXT = /(^|_)(score|url|id|hash|domain|lang|language|line|date|collection)s?($|_)/;
/** What may stand beside known names of both sides, such as the path to a field of JSON. */
const NAME = /^[\p{L}_#]\P{Cc}{0,99}$/u;
const WORD = /^[\p{L}_#][\p{L}\p{N}_.# -]{0,39}$/u;

/** Columns from 0. */
export interface NamedColumns {
  source?: number;
  target?: number;
  score?: number;
}

/** Which columns a header names, as far as its names are known. */
export function columnsNamed(cells: readonly string[]): NamedColumns {
  const names = cells.map(fold);
  const at = (name: string) => names.indexOf(name);
  const score = SCORES.map(at).find((column) => column >= 0);
  const known = sidesNamed(cells);
  if (known) return { source: known[0], target: known[1], score };
  const texts = names.flatMap((name, column) => (isText(name) ? [column] : []));
  return texts.length === 2 ? { source: texts[0], target: texts[1], score } : { score };
}

/** The places of source and target among names, where tools are known to call them so. */
export function sidesNamed(found: readonly string[]): readonly [source: number, target: number] | undefined {
  const names = found.map(fold);
  return SIDES.map(([source, target]) => [names.indexOf(source), names.indexOf(target)] as const).find(
    ([source, target]) => source >= 0 && target >= 0,
  );
}

const LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** Those of some names that are codes of languages, such as `de` or `deu_Latn`. */
export function languagesNamed(names: readonly string[]): string[] {
  return names.filter((name) => {
    if (!/^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(name) || NO_TEXT.test(fold(name))) return false;
    return LANGUAGES.of(name.replaceAll("_", "-").split("-")[0].toLowerCase()) !== undefined;
  });
}

/**
 * Whether a first row is a header: it has known names of both sides; or a known name of a score, where a row has its
 * number, beside words alone; pandas leaves that of its index empty. Two languages' codes alone may be one, or a pair.
 */
export function looksLikeHeader(cells: readonly string[]): boolean | "maybe" {
  const names = cells.map(fold);
  const areAll = (form: RegExp) =>
    cells.every((cell, column) => form.test(cell.trim()) || (column === 0 && cell.trim() === ""));
  if (names.length < 2 || new Set(names).size < names.length || !areAll(NAME)) return false;
  if (SIDES.some((both) => both.every((name) => names.includes(name)))) return true;
  if (!areAll(WORD)) return false;
  const { source, score } = columnsNamed(cells);
  if (names.length >= 3 && source !== undefined && score !== undefined) return true;
  return names.length === 2 && names.every((name) => /^[a-z]{2}$/.test(name)) ? "maybe" : false;
}

const isText = (name: string) => !SCORES.includes(name) && !NO_TEXT.test(name);

/** Tools write `LASER_similarity`, `src text` and `score-bicleaner`. */
const fold = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
