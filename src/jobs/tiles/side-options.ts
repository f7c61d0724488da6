import type { OptionNames } from "../../check-options.js";
import { checkLengths } from "../../clean/check-lengths.js";
import type { CleanOptions } from "../../clean/clean.js";
import { CLEAN_OPTIONS } from "../../clean/clean.js";
import { OptionError } from "../../errors.js";
import {
  checkDimensions,
  checkForeign,
  FOREIGN_OPTIONS,
  type ForeignOptions,
  isVectors,
} from "../../steps/texts/foreign-options.js";
import { nameSource, type VectorsSource } from "../../steps/texts/source-kind.js";
import { refuseOtherVectors } from "../../store/arrays/other-vectors.js";
import type { SideName } from "../../types/texts.js";

/** What two sides of vectors are, and how they are compared. */
export interface VectorSidesOptions extends CleanOptions, ForeignOptions {
  /** Subtract the mean of each whole side from its vectors before they are searched. @default as the encoder asks */
  centre?: boolean;
  /** Where the text of the source's vectors lies, if it has moved since they were made. @default where it was; it need not be there */
  sourceText?: string;
  /** Where the text of the target's vectors lies. @default where it was; it need not be there */
  targetText?: string;
}

/** The names of `VectorSidesOptions`. */
export const VECTOR_SIDES_OPTIONS: OptionNames<VectorSidesOptions> = {
  ...CLEAN_OPTIONS,
  ...FOREIGN_OPTIONS,
  centre: true,
  sourceText: true,
  targetText: true,
};

/** @throws OptionError, InputError if a side is no file of vectors, nor its parts; or if an option says nothing to them */
export function nameSides(
  source: string,
  target: string,
  options: VectorSidesOptions,
): Record<SideName, VectorsSource> {
  const { sourceText, targetText } = options;
  const sources = {
    source: nameVectors(source, "source", { text: sourceText, foreign: options }),
    target: nameVectors(target, "target", { text: targetText, foreign: options }),
  };
  checkLengths(options);
  checkForeign([sources.source, sources.target], options);
  checkDimensions([sources.source, sources.target], options);
  return sources;
}

function nameVectors(
  path: string,
  side: SideName,
  given: { text?: string; foreign: ForeignOptions },
): VectorsSource {
  const source = isVectors(path, given.foreign, given.text !== undefined)
    ? nameSource(path, side, given)
    : undefined;
  if (source?.kind === "vectors") return source;
  refuseOtherVectors(path);
  throw new OptionError(`${path}: is not a file of vectors (.npy).`, {
    advice: "Make one with crisscross embed.",
  });
}
