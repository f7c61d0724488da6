import { withoutCompressionSuffix } from "../../../read/codecs.js";

const FORMAT_SUFFIX = /\.(txt|tsv|jsonl|ndjson|json)$/i;

/** The path without the suffixes of its compression and its format: `dev/deu_Latn.jsonl.gz` is `dev/deu_Latn`. */
export function withoutSuffixes(path: string): string {
  return withoutCompressionSuffix(path).replace(FORMAT_SUFFIX, "");
}

/** A path with `*` for what differs between the languages of a set, also for the role of the text (NTREX). */
export function templateOf(stem: string, from: number, to: number): string {
  const role = /(^|[-_./])(?:src|ref)(?=[-_./]|$)/g;
  return `${stem.slice(0, from).replace(role, "$1*")}*${stem.slice(to).replace(role, "$1*")}`;
}

/** What is left of a template is the name of its split: `dev/*.dev` is `dev`. */
export function splitOf(template: string): string {
  return [...new Set(template.match(/[^*./]+/g) ?? [])]
    .map((word) => word.replace(/^[-_]+|[-_]+$/g, ""))
    .filter((word) => word !== "")
    .join(" ");
}
