import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../../errors.js";
import { type TimedRun, timed } from "../../events.js";
import { readVectorsInfo, type VectorsInfo } from "../../store/arrays/vectors-file.js";
import { openSide } from "../../store/corpus/side-files.js";
import { checkStage } from "../../store/run/check-stage.js";
import { readManifest } from "../../store/run/manifest.js";
import type { SideName } from "../../types/texts.js";
import { withoutReading } from "./check-reading.js";
import { identifyFile } from "./identify.js";
import { vectorsOutline } from "./side-outlines.js";
import {
  type BytesSource,
  type NamedSource,
  nameBytes,
  type SideText,
  type VectorsSource,
} from "./source-kind.js";

/** A file of vectors, and what it tells of itself. */
export interface GivenVectors {
  path: string;
  info: VectorsInfo;
}

/** One side of what is mined. */
export interface OpenedSource {
  text: SideText;
  /** The vectors of its lines, where a file has them. */
  vectors?: GivenVectors;
}

/** The same where it is a file of vectors. */
export interface OpenedVectors {
  text: BytesSource & Pick<SideText, "state"> & { source: string; hash: string };
  vectors: GivenVectors;
}

/**
 * Opens both sides: what has vectors already brings its text.
 *
 * @throws InputError as `openVectorsSource`
 */
export async function openSources(
  { source, target }: Record<SideName, NamedSource>,
  { seconds }: TimedRun,
): Promise<Record<SideName, OpenedSource>> {
  return timed(seconds, "read", async () => ({
    source: await openSource(source),
    target: await openSource(target),
  }));
}

async function openSource(source: NamedSource): Promise<OpenedSource> {
  return source.kind === "vectors" ? openVectorsSource(source) : { text: source };
}

/**
 * Opens the description of vectors, and finds the text that they were made from, which is to be read as it was read then.
 *
 * @throws InputError if they are no vectors, or their text is not known, gone, or not the same any more
 */
export async function openVectorsSource({ source, read: given }: VectorsSource): Promise<OpenedVectors> {
  const vectors = { path: source, info: readVectorsInfo(source) };
  const { path, hash, state, read } = await findText(vectors);
  const text = nameBytes(path, { ...withoutReading(given), ...read });
  return { vectors, text: { ...text, source: path, hash, state } };
}

/** The text that vectors are of, with a line for each row. */
type VectorsText = NonNullable<VectorsInfo["text"]> & Pick<SideText, "state">;

async function findText({ path: vectors, info: { text } }: GivenVectors): Promise<VectorsText> {
  if (!text) return textOfRun(vectors);
  const path = resolve(dirname(vectors), text.path);
  if (!existsSync(path))
    throw new InputError({ path }, `the text that ${vectors} was embedded from is gone.`, {
      advice: "Put it back, or embed another.",
    });
  const { hash, state } = await identifyFile(path);
  if (hash !== text.hash)
    throw new InputError({ path }, `is no longer the text that ${vectors} was embedded from.`, {
      advice: "Embed it again.",
    });
  return { ...text, path, state };
}

/** The distinct sentences that a run keeps beside its vectors; where they stood before is not in that file. */
async function textOfRun(vectors: string): Promise<VectorsText> {
  const [folder, name] = [dirname(vectors), basename(vectors, ".npy")];
  const manifest = await readManifest(folder).catch(() => undefined);
  const embedded = manifest?.stages[vectorsOutline(name).name]?.key.text;
  const side = embedded === undefined ? undefined : await openSide(folder, name).catch(() => undefined);
  side?.close();
  if (!side)
    throw new InputError(
      { path: vectors },
      "was embedded from standard input or by a loop, so its sentences are not known.",
      { advice: "Embed them from a file." },
    );
  for (const stage of [name, vectorsOutline(name).name])
    if (manifest?.stages[stage]) await checkStage(folder, manifest.stages[stage]);
  const path = join(folder, `${name}.txt`);
  if (side.textHash !== embedded)
    throw new InputError({ path: vectors }, `does not belong to the sentences in ${path}.`, {
      advice: "Run mine there to its end.",
    });
  return { path, ...(await identifyFile(path)), read: { format: "text" } };
}
