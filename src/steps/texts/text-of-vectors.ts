import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../../errors.js";
import type { ReadOptions } from "../../read/input.js";
import { openVectors, type VectorsInfo } from "../../store/arrays/vectors-file.js";
import { openSide } from "../../store/corpus/side-files.js";
import { readManifest } from "../../store/run/manifest.js";
import { hashFile } from "./identify.js";
import type { TextSource } from "./text-source.js";

/** Whether a source is a file of vectors in place of text. */
export function isVectorsFile(source: TextSource): source is string {
  return typeof source === "string" && source.endsWith(".npy");
}

/** The text that vectors are of, with a line for each row. */
export type VectorsText = NonNullable<VectorsInfo["text"]>;

/**
 * Finds the text that a file of vectors was made from, which is to be read as it was read then.
 *
 * @throws InputError if the text is not known, gone, or not the same any more
 */
export async function textOfVectors(vectors: string): Promise<VectorsText> {
  const { text, close } = openVectors(vectors);
  close();
  if (!text) return textOfRun(vectors);
  const path = resolve(dirname(vectors), text.path);
  if (!existsSync(path))
    throw new InputError(
      { path },
      `the text that ${vectors} was embedded from is gone. Put it back, or embed another.`,
    );
  if ((await hashFile(path)) !== text.hash)
    throw new InputError(
      { path },
      `is not the text that ${vectors} was embedded from any more. Embed it again.`,
    );
  return { ...text, path };
}

/** A source of text, and how it is read: of a file of vectors the text that it was made from, else what is given. */
export async function textOfSource(
  source: TextSource,
  read?: ReadOptions,
): Promise<{ source: TextSource; read?: ReadOptions }> {
  if (!isVectorsFile(source)) return { source, read };
  const text = await textOfVectors(source);
  return { source: text.path, read: { ...read, ...text.read } };
}

/** The distinct sentences that a run keeps beside its vectors; where they stood before is not in that file. */
async function textOfRun(vectors: string): Promise<VectorsText> {
  const [folder, name] = [dirname(vectors), basename(vectors, ".npy")];
  const manifest = await readManifest(folder).catch(() => undefined);
  const embedded = manifest?.stages[`${name} vectors`]?.key.text;
  const side = embedded === undefined ? undefined : await openSide(folder, name).catch(() => undefined);
  side?.close();
  if (!side)
    throw new InputError(
      { path: vectors },
      "was embedded from standard input, or by a loop, so its sentences are not known. Embed them from a file.",
    );
  const path = join(folder, `${name}.txt`);
  if (side.textHash !== embedded)
    throw new InputError({ path: vectors }, `is not of the sentences in ${path}. Run mine there to its end.`);
  return { path, hash: await hashFile(path), read: { format: "text" } };
}
