import { isLanguage } from "./languages.js";
import { splitOf, templateOf, withoutSuffixes } from "./name-template.js";

/** The files of two languages: two texts, or one file of pairs. */
export interface PairFiles {
  languages: readonly [x: string, y: string];
  files: readonly [x: string, y: string] | readonly [pairs: string];
}

/**
 * The files of sets that hold two languages each, by split: two texts (LASER's `tatoeba.deu-eng.deu` and `.eng`,
 * XTREME's `de-en.de` and `.en`), or JSON lines of pairs (MTEB's `test/deu-eng.jsonl.gz`).
 */
export function findPairFiles(paths: readonly string[]): Map<string, PairFiles[]> {
  const splits = new Map<string, PairFiles[]>();
  const add = (split: string, set: PairFiles) => splits.set(split, [...(splits.get(split) ?? []), set]);
  const texts = new Map(paths.map((path) => [withoutSuffixes(path), path]));
  for (const path of paths) {
    const stem = withoutSuffixes(path);
    const found = findPair(stem);
    if (!found) continue;
    const { x, y, at } = found;
    const [before, suffix] = [stem.slice(0, stem.lastIndexOf(".")), stem.slice(stem.lastIndexOf(".") + 1)];
    const other = texts.get(`${before}.${y}`);
    if (suffix === x && x !== y && other !== undefined)
      add(splitOf(templateOf(before, at, at + x.length + y.length + 1)), {
        languages: [x, y],
        files: [path, other],
      });
    else if (/\.(jsonl|ndjson)(\.\w+)?$/i.test(path))
      add(splitOf(templateOf(stem, at, at + x.length + y.length + 1)), { languages: [x, y], files: [path] });
  }
  return splits;
}

/** The last part of a path that names two languages: `de-en`, `eng_Latn-deu_Latn`. */
function findPair(stem: string): { x: string; y: string; at: number } | undefined {
  for (const { 0: part, index } of [...stem.matchAll(/[^./]+/g)].reverse()) {
    for (const dash of part.matchAll(/-/g)) {
      const [x, y] = [part.slice(0, dash.index), part.slice(dash.index + 1)];
      if (isLanguage(x) && isLanguage(y)) return { x, y, at: index };
    }
  }
  return undefined;
}
