import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ModelError } from "../../errors.js";
import { explainModelFile, isThere } from "../../store/files/unreadable.js";

export const TOKENIZERS = ["tokenizer.json", "tokenizer.json.gz"];

/** The path of a folder's `tokenizer.json`, or of `tokenizer.json.gz`; undefined if it has neither. */
export function findTokenizer(folder: string): string | undefined {
  return TOKENIZERS.map((name) => join(folder, name)).find(isThere);
}

/** @throws ModelError if the file cannot be read, or is cut short */
export function readTokenizerText(path: string): string {
  return tokenizerText(path, readTokenizerBytes(path));
}

/**
 * The text of a tokenizer's file whose bytes were read.
 *
 * @throws ModelError if it is cut short
 */
export function tokenizerText(path: string, bytes: Buffer): string {
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

/** @throws ModelError if the file cannot be read */
export function readTokenizerBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw explainModelFile(path, error);
  }
}
