import type { BitextFormat } from "../../types.js";
import { withoutCompressionSuffix } from "../codecs.js";
import type { Input } from "../input.js";

/** The format that a file's name tells: `de-en.tmx.gz` holds TMX; TSV where it tells nothing. */
export function guessBitextFormat(input: Input): BitextFormat {
  if (typeof input !== "string") return "tsv";
  const name = withoutCompressionSuffix(input).toLowerCase();
  if (/\.(jsonl|ndjson)$/.test(name)) return "jsonl";
  return name.endsWith(".tmx") ? "tmx" : "tsv";
}
