import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ModelError } from "../../errors.js";

export const TOKENIZERS = ["tokenizer.json", "tokenizer.json.gz"];

/** The path of a folder's `tokenizer.json`, or of `tokenizer.json.gz`; undefined if it has neither. */
export function findTokenizer(folder: string): string | undefined {
  return TOKENIZERS.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** @throws ModelError if the file is cut short */
export function readTokenizerText(path: string): string {
  const bytes = readFileSync(path);
  if (!path.endsWith(".gz")) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (cause) {
    throw new ModelError(`${path}: is cut short or damaged: ${(cause as Error).message}.`, {
      advice: "Fetch it again.",
      cause,
    });
  }
}
