import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError } from "../errors.js";
import type { ReadOptions } from "../read/input.js";
import { openVectors } from "../store/vectors-file.js";
import { hashFile } from "./identify.js";
import type { TextSource } from "./text-source.js";

/** Whether a source is a file of vectors in place of text. */
export function isVectorsFile(source: TextSource): source is string {
  return typeof source === "string" && source.endsWith(".npy");
}

/**
 * The text that a file of vectors was made from, read as it was read then; any other source as it is.
 *
 * @throws InputError if the text is not known, gone, or not the same any more
 */
export async function textOfVectors(
  source: TextSource,
  read?: ReadOptions,
): Promise<{ source: TextSource; read?: ReadOptions }> {
  if (!isVectorsFile(source)) return { source, read };
  const { text, close } = openVectors(source);
  close();
  if (!text) {
    throw new InputError(
      { path: source },
      "was embedded from standard input, so its sentences are not known. Embed them from a file.",
    );
  }
  const path = resolve(dirname(source), text.path);
  if (!existsSync(path))
    throw new InputError(
      { path },
      `the text that ${source} was embedded from is gone. Put it back, or embed another.`,
    );
  if ((await hashFile(path)) !== text.hash)
    throw new InputError(
      { path },
      `is not the text that ${source} was embedded from any more. Embed it again.`,
    );
  return { source: path, read: { ...read, ...text.read } };
}
