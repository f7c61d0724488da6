import type { BitextFormat } from "../../types/bitexts.js";
import { withoutCompressionSuffix } from "../codecs.js";
import { isTwo, type PairInput } from "./pair-input.js";

/** The format that a file's name tells: `de-en.tmx.gz` holds TMX; TSV where it tells nothing. Two files are Moses. */
export function guessBitextFormat(input: PairInput): BitextFormat {
  if (isTwo(input)) return "moses";
  if (typeof input !== "string") return "tsv";
  const name = withoutCompressionSuffix(input).toLowerCase();
  if (/\.(jsonl|ndjson)$/.test(name)) return "jsonl";
  return name.endsWith(".tmx") ? "tmx" : "tsv";
}
