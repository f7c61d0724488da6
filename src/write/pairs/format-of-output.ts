import { OptionError } from "../../errors.js";
import type { WrittenFormat } from "../../types/bitexts.js";
import { anyOf } from "../../wording.js";
import { suffixesOf } from "../suffixes.js";

const WRITTEN: Readonly<Record<string, WrittenFormat>> = {
  tsv: "tsv",
  jsonl: "jsonl",
  ndjson: "jsonl",
  tmx: "tmx",
};

/** Suffixes of formats in which no pairs are written, and what comes nearest to some of them. */
const OTHERS: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(["json", "json5", "yaml", "yml"].map((suffix) => [suffix, ".jsonl"])),
  ...Object.fromEntries(["csv", "xls", "xlsx", "ods", "numbers"].map((suffix) => [suffix, ".tsv"])),
  ...Object.fromEntries(
    ["xlf", "xliff", "mxliff", "sdlxliff", "mqxliff", "tbx", "po"].map((s) => [s, ".tmx"]),
  ),
  ...Object.fromEntries(
    [
      ...[
        "parquet",
        "arrow",
        "feather",
        "avro",
        "orc",
        "bucc",
        "xml",
        "html",
        "htm",
        "md",
        "pdf",
        "docx",
        "odt",
      ],
      ...["bin", "npy", "npz", "h5", "hdf5", "pkl", "pickle", "onnx", "safetensors", "sqlite", "db"],
    ].map((suffix) => [suffix, undefined]),
  ),
};

/**
 * The format that an output's name tells, before `.gz` or `.zst`: `kept.tmx.gz` is TMX. A suffix that is no format's, such
 * as `.txt`, tells nothing.
 *
 * @throws OptionError for the name of a format in which no pairs are written
 */
export function formatOfOutput(name: string): WrittenFormat | undefined {
  const { suffix } = suffixesOf(name);
  if (!Object.hasOwn(OTHERS, suffix)) return Object.hasOwn(WRITTEN, suffix) ? WRITTEN[suffix] : undefined;
  const nearest = OTHERS[suffix];
  throw new OptionError(
    `${name}: its name says .${suffix}, in which no pairs are written; expected ${anyOf([".tsv", ".jsonl", ".tmx"])}, or two names for moses.`,
    { advice: nearest === undefined ? "Choose another name." : `Name it ${nearest}, which holds as much.` },
  );
}

/**
 * Sees to it that neither name of two, which are Moses, tells another format. A code of a language may be a suffix of
 * something else (Bini is `bin`).
 *
 * @throws OptionError for a name that tells another format
 */
export function checkMosesNames(names: readonly [string, string]): void {
  const suffixes = names.map((name) => suffixesOf(name).suffix);
  for (const [side, name] of names.entries()) {
    const suffix = suffixes[side];
    if (suffix === "bin" || formatOfOutput(name) === undefined) continue;
    if (suffixes.every((one) => one === "tsv")) continue;
    throw new OptionError(`${name}: its name says .${suffix}, but two outputs are moses, of texts alone.`, {
      advice: "Name one output, or two that end in their languages, such as out.de and out.en.",
    });
  }
}
