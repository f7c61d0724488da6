import type { ReadOptions, TextSource } from "../../read/input.js";
import type { SideName } from "../../types/texts.js";
import { refuseUnusedReading } from "../texts/check-reading.js";
import { checkForeign, type ForeignOptions } from "../texts/foreign-options.js";
import type { OpenedSource } from "../texts/open-sources.js";
import type { Sides } from "../texts/side.js";
import { type NamedSource, nameSource } from "../texts/source-kind.js";
import { checkSpaces } from "./check-spaces.js";
import { type EncoderSourceOptions, shareEncoder } from "./encoder-source.js";
import { vectorsOfFile } from "./file-source.js";
import { refuseEncoding, refuseOpening } from "./refuse-opening.js";
import { rowsOfLines } from "./rows-of-side.js";
import type { LazySource } from "./vectors-stage.js";

export interface SourceOptions extends Partial<EncoderSourceOptions>, ForeignOptions {
  /** How the source is read; and the target, unless `readTarget` is given. */
  read?: ReadOptions;
  readTarget?: ReadOptions;
  /** Where the text of the source's vectors lies by now; and of the target's. */
  sourceText?: string;
  targetText?: string;
}

/** What gives each side its vectors; disposing closes the encoder. */
export interface OpenVectorSources extends Record<SideName, LazySource>, AsyncDisposable {}

/**
 * Decides what both sides are.
 *
 * @throws OptionError if an option would say nothing to them
 */
export function nameSources(
  source: TextSource,
  target: TextSource,
  options: SourceOptions,
): Record<SideName, NamedSource> {
  const { read, readTarget = read, sourceText, targetText } = options;
  const sources = {
    source: nameSource(source, "source", { read, text: sourceText, foreign: options }),
    target: nameSource(target, "target", { read: readTarget, text: targetText, foreign: options }),
  };
  checkForeign([sources.source, sources.target], options);
  checkVectorOptions(sources, options);
  refuseUnusedReading([sources.source, sources.target]);
  return sources;
}

/** @throws OptionError if options say how texts become vectors, but both sides have theirs or the encoder is open */
function checkVectorOptions(
  { source, target }: Record<SideName, NamedSource>,
  options: Partial<EncoderSourceOptions>,
): void {
  if (typeof options.encoder === "object") refuseOpening(options);
  if (source.kind !== "vectors" || target.kind !== "vectors") return;
  refuseEncoding(
    [source, target],
    options,
    "both sides are files of vectors, which are searched as they are",
  );
}

/**
 * A side that is a file of vectors has them already; an encoder gives the others theirs.
 *
 * @throws OptionError if it can be told beforehand that the vectors of both sides cannot be compared
 */
export async function openVectorSources(
  { source, target }: Record<SideName, OpenedSource>,
  sides: Sides,
  options: EncoderSourceOptions,
): Promise<OpenVectorSources> {
  const files = {
    source: source.vectors && (await vectorsOfFile(source.vectors, rowsOfLines(sides.source))),
    target: target.vectors && (await vectorsOfFile(target.vectors, rowsOfLines(sides.target))),
  };
  if (files.source && files.target)
    return { ...compared(files.source, files.target), [Symbol.asyncDispose]: async () => {} };
  return await encodeSides(sides, options, files);
}

/**
 * One encoder gives both sides their vectors, but for a side that has some.
 *
 * @throws OptionError as `shareEncoder` and its `sourceOf`, or if vectors of both sides cannot be compared
 */
export async function encodeSides(
  sides: Sides,
  options: EncoderSourceOptions,
  given: Partial<Record<SideName, LazySource>> = {},
): Promise<OpenVectorSources> {
  const encoder = await shareEncoder(sides, options);
  try {
    const { source = encoder.sourceOf("source"), target = encoder.sourceOf("target") } = given;
    return { ...compared(source, target), [Symbol.asyncDispose]: encoder[Symbol.asyncDispose] };
  } catch (error) {
    await encoder[Symbol.asyncDispose]();
    throw error;
  }
}

/** @throws OptionError if it is known beforehand that vectors of the two cannot be compared */
export function compared(source: LazySource, target: LazySource): Record<SideName, LazySource> {
  if (source.space !== undefined && target.space !== undefined)
    checkSpaces(
      { space: source.space, dimensions: source.dimensions },
      { space: target.space, dimensions: target.dimensions },
    );
  return { source, target };
}

/** Whether each side's mean is subtracted: as it is asked for, else where the vectors of both ask for it. */
export function settleCentre(
  centre: boolean | undefined,
  { source, target }: Record<SideName, LazySource>,
): boolean {
  return centre ?? (source.centre === true && target.centre === true);
}
