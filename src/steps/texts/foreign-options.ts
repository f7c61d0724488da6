import { existsSync } from "node:fs";
import type { OptionNames } from "../../check-options.js";
import { checkOneOf, checkWhole } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import type { TextSource } from "../../read/input.js";
import { type ForeignLayout, isSafetensors } from "../../store/arrays/foreign-vectors.js";
import { RAW_TYPES, type RawLayout, type RawType } from "../../store/arrays/raw-file.js";
import { infoPath } from "../../store/arrays/vectors-file.js";
import type { SideName } from "../../types/texts.js";
import { note, option, type Remark, say } from "../../wording.js";
import { isFolderOfArrays, partsOf } from "./parts.js";

/** What is said of vectors that another program made: LASER, a library in Python, a service. */
export interface ForeignOptions {
  /** What their space is called: only vectors of one space are compared. @default "foreign" */
  space?: string;
  /**
   * `raw`: numbers without a header, as LASER writes them; `parquet`: a column of lists. Else they are `.npy` or
   * `.safetensors`.
   * @default by the name
   */
  vectors?: "raw" | "parquet";
  /** How raw numbers are stored. @default "float32" */
  vectorType?: RawType;
  /** How many numbers a raw row has: 1024 of LASER. */
  dimensions?: number;
  /** Which tensor of a `.safetensors`, or which column of Parquet, holds them; of each side, where these differ. @default the only one */
  vectorField?: string | Readonly<Record<SideName, string>>;
}

/** The names of `ForeignOptions`. */
export const FOREIGN_OPTIONS: OptionNames<ForeignOptions> = {
  space: true,
  vectors: true,
  vectorType: true,
  dimensions: true,
  vectorField: true,
};

/** The options that tell where the text of vectors lies by now. */
export const TEXT_OPTION = { source: "sourceText", target: "targetText" } as const;

/** The formats that a file's name does not tell. */
const VECTORS = ["raw", "parquet"] as const;

const UNNAMED = "foreign";

/** Whether a file's name says that it holds vectors, and nothing else. */
const isNamed = (path: string) => path.endsWith(".npy") || isSafetensors(path) || isFolderOfArrays(path);

/**
 * Whether a source is a file of vectors. Parquet is one where something is said of its vectors, or where nothing else can
 * be meant.
 */
export function isVectors(
  source: TextSource,
  { vectors, vectorField }: ForeignOptions = {},
  isMeant = false,
): source is string {
  if (typeof source !== "string") return false;
  const isColumn = source.endsWith(".parquet") && (vectorField !== undefined || isMeant);
  return isNamed(source) || vectors !== undefined || isColumn;
}

/**
 * What is said of vectors that have no description; nothing of those that crisscross made.
 *
 * @throws OptionError if more has to be said; InputError as `partsOf`
 */
export function foreignLayout(
  path: string,
  { text, side }: { text?: string; side: SideName },
  options: ForeignOptions = {},
): ForeignLayout | undefined {
  const parts = isNamed(path) ? partsOf(path) : [path];
  if (parts.some((part) => existsSync(infoPath(part)))) return undefined;
  const isOne = parts.length === 1;
  if (path.endsWith(".npy") && isOne && (existsSync(infoPath(path)) || text === undefined)) return undefined;
  const layout = layoutOf(path, options, side);
  if (text !== undefined || (layout.parquet && layout.parts === undefined)) return layout;
  throw new OptionError(`${path}: its vectors do not tell whose they are.`, {
    advice: say`Give the text of their rows as ${option(TEXT_OPTION[side])}.`,
  });
}

/** @throws OptionError if raw numbers are given, but not how many a row has; or a part that is described; InputError as `partsOf` */
export function layoutOf(path: string, options: ForeignOptions, side: SideName = "source"): ForeignLayout {
  const { space = UNNAMED, vectorField } = options;
  const layout = {
    space,
    field: typeof vectorField === "object" ? vectorField[side] : vectorField,
    parts: severalParts(path),
  };
  if (isNamed(path)) return layout;
  if (options.vectors === "raw") return { ...layout, raw: rawLayout(options) };
  return { ...layout, parquet: true };
}

function severalParts(path: string): readonly string[] | undefined {
  const parts = partsOf(path);
  if (parts.length === 1 && parts[0] === path) return undefined;
  const described = parts.find((part) => existsSync(infoPath(part)));
  if (described === undefined) return parts;
  throw new OptionError(
    `${described}: is described by ${infoPath(described)}, and so is no part of other vectors.`,
    {
      advice: "Use it as it is, with the parts that it belongs to.",
    },
  );
}

function rawLayout({ vectors, vectorType: type = "float32", dimensions }: ForeignOptions): RawLayout {
  if (dimensions !== undefined) return { dimensions, type };
  throw new OptionError(
    say`${option("vectors", vectors)} needs ${option("dimensions")}: how many numbers a row has.`,
    { advice: "LASER's have 1024." },
  );
}

interface Named {
  name: string;
  foreign?: ForeignLayout;
}

/** @throws OptionError if it is empty */
export function checkSpaceName(space?: string): void {
  if (space !== undefined && space.trim() === "")
    throw new OptionError(say`${option("space")} is empty; expected a name.`);
}

/** @throws OptionError if something is said of foreign vectors that is wrong, or of which there are none */
export function checkForeign(sources: readonly Named[], options: ForeignOptions): void {
  const { space, vectors, vectorType, dimensions, vectorField } = options;
  if (vectors !== undefined) checkOneOf("vectors", vectors, VECTORS);
  if (vectorType !== undefined) checkOneOf("vectorType", vectorType, RAW_TYPES);
  checkSpaceName(space);
  const foreign = sources.filter((source) => source.foreign);
  const hasRaw = foreign.some((source) => source.foreign?.raw);
  if (hasRaw) checkWhole({ dimensions });
  if (space !== undefined && foreign.length === 0) throw unused("space", "vectors of another program");
  if (vectorType !== undefined && !hasRaw) throw unused("vectorType", "raw vectors");
  if (vectors === "raw" && !hasRaw) throw unused("vectors", "raw vectors");
  if (vectors === "parquet" && !foreign.some((source) => source.foreign?.parquet))
    throw unused("vectors", "vectors in Parquet");
  if (vectorField !== undefined && !foreign.some(hasFields))
    throw unused("vectorField", "vectors that have names (.safetensors, .parquet)");
}

const hasFields = ({ name, foreign }: Named) => foreign?.parquet || isSafetensors(name);

/** @throws OptionError if it is said how many numbers a raw row has, but there are none, nor an encoder */
export function checkDimensions(sources: readonly Named[], { dimensions }: ForeignOptions): void {
  if (dimensions !== undefined && !sources.some(({ foreign }) => foreign?.raw))
    throw unused("dimensions", "raw vectors");
}

function unused(name: string, what: string): OptionError {
  return new OptionError(say`${option(name)} is given, but there are no ${what}.`, {
    advice: "Leave it out.",
  });
}

/** Says how the vectors of other programs are understood, unless their space was named. */
export function tellForeign(
  sources: Record<SideName, Named>,
  { space, onEvent }: Pick<ForeignOptions, "space"> & { onEvent: (event: Remark) => void },
): void {
  const names = Object.values(sources).flatMap(({ name, foreign }) => (foreign ? [name] : []));
  if (space !== undefined || names.length === 0) return;
  onEvent(
    note(
      say`${[...new Set(names)].join(" and ")}: no description (.npy.json), so the rows are taken as vectors of another program, in one space called "${UNNAMED}"; ${option("space")} names it.`,
    ),
  );
}
