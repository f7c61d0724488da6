import { basename } from "node:path";

const PACKED = /\.(gz|zst|xz|bz2)$/i;
const FORMATS = /\.(txt|tsv|csv|jsonl?|ndjson|parquet|npy)$/i;
const CODE = /^[a-z]{2,3}([-_][a-z]{2,8})*$/i;
const NAMES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** The language that a file's name ends in, before its format: `town.de`, `news.de.txt.gz`, `de.jsonl.zst`. */
export function languageOfName(path: string): string | undefined {
  const stem = basename(path).replace(PACKED, "").replace(FORMATS, "").replace(/-\d+$/, "");
  const [, code] = /(?:^|.\.)([^.]+)$/.exec(stem) ?? [];
  return code !== undefined && CODE.test(code) && NAMES.of(code.split(/[-_]/)[0].toLowerCase()) !== undefined
    ? code
    : undefined;
}

/** The languages that the names of source and target end in, where both do, and in different ones. */
export function languagesOfNames(
  names: readonly unknown[],
): readonly [source: string, target: string] | undefined {
  const [source, target] = names.map((name) => (typeof name === "string" ? languageOfName(name) : undefined));
  return source !== undefined && target !== undefined && source !== target ? [source, target] : undefined;
}
