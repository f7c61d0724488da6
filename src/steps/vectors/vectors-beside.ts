import type { OptionNames } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import { refuseOtherVectors } from "../../store/arrays/other-vectors.js";
import type { SideName } from "../../types/texts.js";
import { option, type Remark, say } from "../../wording.js";
import {
  checkDimensions,
  checkForeign,
  FOREIGN_OPTIONS,
  type ForeignOptions,
  foreignLayout,
  isVectors,
  tellForeign,
} from "../texts/foreign-options.js";
import { openGiven } from "../texts/open-given.js";
import type { GivenVectors } from "../texts/open-sources.js";
import { checkSpaces } from "./check-spaces.js";
import { refuseEncoding } from "./refuse-opening.js";

/** Vectors that are given beside texts, in place of an encoder. */
export interface VectorsBesideOptions extends Omit<ForeignOptions, "dimensions"> {
  /** A file of the source's vectors, a row each: of `embed`, or of another program as `mine` takes them. */
  sourceVectors?: string;
  /** The same of the target. */
  targetVectors?: string;
}

/** The names of `VectorsBesideOptions`. */
export const VECTORS_BESIDE_OPTIONS: OptionNames<VectorsBesideOptions & ForeignOptions> = {
  ...FOREIGN_OPTIONS,
  sourceVectors: true,
  targetVectors: true,
};

const OPTION = { source: "sourceVectors", target: "targetVectors" } as const;

/** The vectors of both sides before they are opened. */
export type NamedVectors = Record<SideName, Omit<GivenVectors, "info"> & { name: string }>;

/**
 * What is known of vectors before they are opened.
 *
 * @returns undefined if none are given
 * @throws OptionError if only one side has some, they are no files of vectors, or options say what they have no use for;
 *   InputError for files in which other programs keep vectors
 */
export function nameVectorsBeside(
  options: VectorsBesideOptions & ForeignOptions & Parameters<typeof refuseEncoding>[1],
): NamedVectors | undefined {
  const { sourceVectors, targetVectors } = options;
  if (sourceVectors === undefined && targetVectors === undefined) {
    checkForeign([], options);
    return undefined;
  }
  const sides = { source: nameSide("source", options), target: nameSide("target", options) };
  const both = [sides.source, sides.target];
  checkForeign(both, options);
  refuseEncoding(both, { ...options, dimensions: undefined }, "the vectors are given");
  checkDimensions(both, options);
  return sides;
}

function nameSide(side: SideName, options: VectorsBesideOptions & ForeignOptions): NamedVectors[SideName] {
  const path = options[OPTION[side]];
  if (path === undefined)
    throw new OptionError(
      say`${option(OPTION[side])} is not given, but ${option(OPTION[side === "source" ? "target" : "source"])} is.`,
      { advice: "Give the vectors of both sides, or of neither." },
    );
  if (isVectors(path, options, true))
    return { path, name: path, foreign: foreignLayout(path, { text: path, side }, options) };
  refuseOtherVectors(path);
  throw new OptionError(`${path}: is not called .npy, .safetensors or .parquet.`, {
    advice: say`If it holds numbers without a header, say ${option("vectors", "raw")}.`,
  });
}

/**
 * Opens them, and tells how they are understood.
 *
 * @throws InputError as `openGiven`; OptionError if the two cannot be compared
 */
export async function openVectorsBeside(
  named: NamedVectors,
  options: { space?: string; onEvent: (event: Remark) => void },
): Promise<Record<SideName, GivenVectors>> {
  tellForeign(named, options);
  const open = async ({ path, foreign }: NamedVectors[SideName]): Promise<GivenVectors> => {
    await using file = await openGiven({ path, foreign });
    return { path, foreign, info: file.info };
  };
  const opened = { source: await open(named.source), target: await open(named.target) };
  checkSpaces(opened.source.info, opened.target.info);
  return opened;
}
