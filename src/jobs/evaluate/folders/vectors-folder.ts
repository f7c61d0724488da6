import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { OptionNames } from "../../../check-options.js";
import { InputError } from "../../../errors.js";
import { withoutCompressionSuffix } from "../../../read/codecs.js";
import { checkForeign, FOREIGN_OPTIONS, type ForeignOptions } from "../../../steps/texts/foreign-options.js";
import { nameVectorsBeside } from "../../../steps/vectors/vectors-beside.js";
import { option, say } from "../../../wording.js";
import { readAlignedVectors } from "../aligned-vectors.js";
import type { AlignedLines, AlignedVectors } from "../lines.js";
import { type ComparedOptions, refuseCache } from "../open-encoders.js";
import type { AlignedSet } from "./aligned-sets.js";

/** Vectors of the texts of a folder, in place of an encoder. */
export interface VectorsFolderOptions extends Omit<ForeignOptions, "dimensions"> {
  /**
   * A folder that has for each text a file of its vectors, row n of line n: under the text's name, without the suffix of a
   * compression and with `.npy`, `.safetensors`, `.parquet` or, where they are raw, `.raw`.
   */
  vectorsFolder?: string;
}

/** The names of `VectorsFolderOptions`. */
export const VECTORS_FOLDER_OPTIONS: OptionNames<VectorsFolderOptions & ForeignOptions> = {
  ...FOREIGN_OPTIONS,
  vectorsFolder: true,
};

/** Gives the lines of a set their vectors. */
export type VectorsOfSet = (set: AlignedSet, lines: AlignedLines) => Promise<AlignedVectors>;

/**
 * Where the sets of a folder have their vectors.
 *
 * @returns undefined if no folder of them is given
 * @throws OptionError if options say what given vectors have no use for
 */
export function vectorsOfSets(
  folder: string,
  options: VectorsFolderOptions & ComparedOptions,
): VectorsOfSet | undefined {
  const { vectorsFolder, onEvent = () => {} } = options;
  if (vectorsFolder === undefined) {
    checkForeign([], options);
    return undefined;
  }
  refuseCache(options);
  let told = false;
  return async ({ texts }, lines) => {
    if (texts.source === texts.target)
      throw new InputError(
        { path: texts.source },
        "has both languages, and vectors are of one text a file.",
        {
          advice: say`Leave ${option("vectorsFolder")} out, or write the two texts into files of their own.`,
        },
      );
    const sourceVectors = findVectors(texts.source, folder, options);
    const targetVectors = findVectors(texts.target, folder, options);
    const named = nameVectorsBeside({ ...options, sourceVectors, targetVectors })!;
    const once = told
      ? (event: Parameters<typeof onEvent>[0]) => event.kind !== "note" && onEvent(event)
      : onEvent;
    told = true;
    return readAlignedVectors(lines, named, { ...options, onEvent: once, names: texts });
  };
}

/**
 * The file of a text's vectors.
 *
 * @param folder the one that the text's path is taken from
 * @throws InputError if there is none
 */
export function findVectors(
  text: string,
  folder: string,
  { vectorsFolder = "", vectors }: VectorsFolderOptions,
): string {
  const path = withoutCompressionSuffix(relative(folder, text));
  const names = vectors === "raw" ? [`${path}.raw`, path] : ENDINGS.map((ending) => `${path}${ending}`);
  const found = names
    .flatMap((name) => [join(vectorsFolder, name), join(vectorsFolder, basename(name))])
    .find((name) => existsSync(name));
  if (found !== undefined) return found;
  throw new InputError({ path: vectorsFolder }, `has no vectors of ${text}; expected ${names.join(", ")}.`);
}

const ENDINGS = [".npy", ".safetensors", ".parquet"];
