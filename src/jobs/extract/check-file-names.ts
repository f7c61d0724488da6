import type { FastTextModel } from "../../clean/language/fasttext/read-model.js";
import { knownLanguages } from "../../clean/language/label-codes.js";
import { ModelError } from "../../errors.js";
import { option, say } from "../../wording.js";

/** What names a file in its own folder on every system. */
const PLAIN_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.+@-]*$/u;

/**
 * Checks that a file can be named after each language that a model tells.
 *
 * @throws ModelError that names the first label of which this is not so
 */
export function checkFileNames(model: FastTextModel, path: string): void {
  for (const code of knownLanguages(model))
    if (!PLAIN_NAME.test(code))
      throw new ModelError(
        `${path}: no file can be named after its label ${JSON.stringify(code)}, but each label's sentences are written into a file of that name.`,
        {
          advice: say`Name the languages to keep with ${option("languages")}, or train it with labels of letters, digits, - and _.`,
        },
      );
}
