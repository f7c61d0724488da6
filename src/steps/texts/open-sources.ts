import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../../errors.js";
import { type TimedRun, timed } from "../../events.js";
import type { ForeignLayout } from "../../store/arrays/foreign-vectors.js";
import type { KnownLines, VectorsFile, VectorsInfo } from "../../store/arrays/vectors-file.js";
import { openSide } from "../../store/corpus/side-files.js";
import { checkStage } from "../../store/run/check-stage.js";
import { readManifest } from "../../store/run/manifest.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { withoutReading } from "./check-reading.js";
import { TEXT_OPTION } from "./foreign-options.js";
import { identifyFile } from "./identify.js";
import { openGiven } from "./open-given.js";
import { vectorsOutline } from "./side-outlines.js";
import {
  type BytesSource,
  type NamedSource,
  nameBytes,
  type SideText,
  type VectorsSource,
} from "./source-kind.js";

/** A file of vectors, and what it tells of itself or is said of it. */
export interface GivenVectors {
  path: string;
  info: VectorsFile["info"];
  /** What is said of it, if another program made it. */
  foreign?: ForeignLayout;
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
 * @throws InputError if they are no vectors, or their text is not known, gone, or another
 */
export async function openVectorsSource(given: VectorsSource): Promise<OpenedVectors> {
  const vectors = await readGiven(given);
  const { path, hash, state, read } = await findText(vectors, given);
  const text = nameBytes(path, { ...withoutReading(given.read), ...read });
  return { vectors, text: { ...text, source: path, hash, state } };
}

async function readGiven(given: VectorsSource): Promise<GivenVectors> {
  const { source: path, foreign } = given;
  await using file = await openGiven({ path, foreign });
  return { path, info: file.info, foreign };
}

/** Vectors whose text is not read, and what their description says of it. */
export interface VectorsAlone {
  vectors: GivenVectors;
  lines: KnownLines;
  /** Where the text was, and how it was read. */
  text: NonNullable<VectorsInfo["text"]>;
}

/**
 * The same; or, where the text is not needed or gone, and none is given, what the description says of its lines.
 *
 * @throws InputError as `openVectorsSource`
 */
export async function openVectorsOrLines(
  given: VectorsSource,
  { isNeeded }: { isNeeded: boolean },
): Promise<OpenedVectors | VectorsAlone> {
  const vectors = await readGiven(given);
  const { text, sentences } = vectors.info;
  if (!text || !sentences || given.text !== undefined) return openVectorsSource(given);
  const path = resolve(dirname(given.source), text.path);
  const isThere = existsSync(path);
  if (isThere && isNeeded) return openVectorsSource(given);
  return { vectors, lines: sentences, text: { ...text, path: isThere ? await realpath(path) : path } };
}

/** The text that vectors are of, with a line for each row. */
type VectorsText = NonNullable<VectorsInfo["text"]> & Pick<SideText, "state">;

async function findText(
  vectors: GivenVectors,
  { text: given, side, read }: VectorsSource,
): Promise<VectorsText> {
  const { path: name, info, foreign } = vectors;
  if (given === undefined && foreign?.parquet)
    return { path: name, ...(await identifyFile(name)), read: { ...read, format: "parquet" } };
  if (given === undefined && !info.text) return textOfRun(vectors, side);
  const path = given ?? resolve(dirname(name), info.text!.path);
  if (!existsSync(path))
    throw given === undefined
      ? new InputError({ path }, `the text that ${name} was embedded from is gone.`, {
          advice: say`Say where it is with ${option(TEXT_OPTION[side])}, put it back, or embed another.`,
        })
      : new InputError({ path }, "no such file.");
  const { hash, state } = await identifyFile(path);
  // Of a stream nothing is told but its lines, which are compared when they have been read.
  if (!info.text) return { path, hash, state, read: { ...read } };
  if (hash !== info.text.hash)
    throw new InputError(
      { path },
      `${given === undefined ? "is no longer" : "is not"} the text that ${name} was embedded from.`,
      { advice: given === undefined ? "Embed it again." : "Give that one, or embed this one." },
    );
  return { ...info.text, path, state };
}

/** The distinct sentences that a run keeps beside its vectors; where they stood before is not in that file. */
async function textOfRun({ path: vectors }: GivenVectors, side: SideName): Promise<VectorsText> {
  const [folder, name] = [dirname(vectors), basename(vectors, ".npy")];
  const manifest = await readManifest(folder).catch(() => undefined);
  const embedded = manifest?.stages[vectorsOutline(name).name]?.key.text;
  const kept = embedded === undefined ? undefined : await openSide(folder, name).catch(() => undefined);
  kept?.close();
  if (!kept)
    throw new InputError(
      { path: vectors },
      "was embedded from standard input or by a loop, so its sentences are not known.",
      { advice: say`Give their text as ${option(TEXT_OPTION[side])}, or embed them from a file.` },
    );
  for (const stage of [name, vectorsOutline(name).name])
    if (manifest?.stages[stage]) await checkStage(folder, manifest.stages[stage]);
  const path = join(folder, `${name}.txt`);
  if (kept.textHash !== embedded)
    throw new InputError({ path: vectors }, `does not belong to the sentences in ${path}.`, {
      advice: "Run mine there to its end.",
    });
  return { path, ...(await identifyFile(path)), read: { format: "text" } };
}
