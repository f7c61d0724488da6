import { OptionError } from "../../errors.js";
import type { SideName } from "../../types.js";
import type { OpenedSource } from "../texts/open-source.js";
import type { Sides } from "../texts/side.js";
import type { NamedSource } from "../texts/text-source.js";
import { checkSpaces } from "./check-spaces.js";
import { type EncoderSourceOptions, shareEncoder } from "./encoder-source.js";
import { vectorsOfFile } from "./file-source.js";
import type { LazySource } from "./vectors-stage.js";

/** Options that say how texts become vectors. */
const ENCODER_OPTIONS = [
  "encoder",
  "blend",
  "variant",
  "revision",
  "dimensions",
  "prompt",
  "promptName",
  "targetPrompt",
  "targetPromptName",
] as const;

/** @throws OptionError if options say how texts become vectors, but both sides have theirs */
export function checkVectorOptions(
  { source, target }: Record<SideName, NamedSource>,
  options: Partial<EncoderSourceOptions>,
): void {
  if (source.kind !== "vectors" || target.kind !== "vectors") return;
  const ignored = ENCODER_OPTIONS.filter((name) => options[name] !== undefined);
  if (ignored.length === 0) return;
  throw new OptionError(
    `${ignored.join(", ")}: both sides are files of vectors, which are taken as they are. Leave it out, or give the texts.`,
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
): Promise<Record<SideName, LazySource> & { close(): Promise<void> }> {
  const files = {
    source: source.vectors && (await vectorsOfFile(source.vectors)),
    target: target.vectors && (await vectorsOfFile(target.vectors)),
  };
  if (files.source && files.target) return { ...compared(files.source, files.target), close: async () => {} };
  const encoder = await shareEncoder(sides, options);
  try {
    const both = compared(files.source ?? encoder.source, files.target ?? encoder.target);
    return { ...both, close: encoder.close };
  } catch (error) {
    await encoder.close();
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
