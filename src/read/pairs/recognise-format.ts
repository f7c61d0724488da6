import { stat } from "node:fs/promises";
import { InputError } from "../../errors.js";
import { isPipe } from "../../store/files/is-pipe.js";
import type { BitextFormat } from "../../types/bitexts.js";
import { withoutCompressionSuffix } from "../codecs.js";
import { openInput } from "../open.js";
import { peek } from "../peek.js";
import { findWhole } from "../whole-files.js";
import { isTwo, type PairInput } from "./pair-input.js";

/** From so much of a bitext its format is recognised. */
export const START_BYTES = 4096;

const SUFFIXES: readonly (readonly [RegExp, BitextFormat])[] = [
  [/\.tsv$/, "tsv"],
  [/\.csv$/, "csv"],
  [/\.(jsonl|ndjson)$/, "jsonl"],
  [/\.json$/, "json"],
  [/\.tmx$/, "tmx"],
  [/\.(xlf|xliff|mxliff|sdlxliff|mqxliff)$/, "xliff"],
  [/\.parquet$/, "parquet"],
];

/** What stands before the first element of an XML document. */
const PROLOGUE = /^\s*(?:(?:<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>)\s*)*/;

const BEGINNINGS: readonly (readonly [RegExp, BitextFormat])[] = [
  [/^\s*\[\s*(?:\{|$)/, "json"],
  [/^\s*\{\s*"/, "jsonl"],
  [/^<(?:[^\s<>/:]+:)?tmx[\s/>]/, "tmx"],
  [/^<(?:[^\s<>/:]+:)?xliff[\s/>]/, "xliff"],
  [/^<(?:[^\s<>/:]+:)?cesAlign[\s/>]/, "xces"],
];

/** The formats of what is not read as a stream of bytes. */
export const OF_WHOLE = { parquet: "parquet", zip: "moses" } as const satisfies Record<string, BitextFormat>;

/** The format that a file's name tells, before any compression: `de-en.tmx.gz` holds TMX. */
export function formatOfName(path: string): BitextFormat | undefined {
  const name = withoutCompressionSuffix(path).toLowerCase();
  return SUFFIXES.find(([suffix]) => suffix.test(name))?.[1];
}

/**
 * The format of a bitext that begins with `start`, decompressed. What begins as JSON or XML is that, whatever its name;
 * but a tab in its first line makes it TSV, unless the name says JSON.
 */
export function recogniseStart(start: Buffer, path = ""): BitextFormat {
  const named = formatOfName(path);
  // As bytes and without zeros, so that UTF-16 is recognised, too.
  const text = start
    .toString("latin1")
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "")
    .replaceAll("\0", "");
  const [firstLine] = text.split("\n", 1);
  const hasTabs = firstLine.includes("\t");
  if (hasTabs && named === "csv" && !firstLine.includes(",")) return "tsv";
  const mayBeRows = hasTabs && (named === undefined || named === "tsv" || named === "csv");
  const begun = BEGINNINGS.find(([form]) => form.test(text) || form.test(text.replace(PROLOGUE, "")));
  return (mayBeRows ? undefined : begun?.[1]) ?? named ?? "tsv";
}

/**
 * The format of a bitext, as `readPairs` recognises it where none is named: by its first bytes, then by its name. Two
 * files, and a zip file, are Moses. Of a stream or a named pipe, which can be read only once, it is not known:
 * `recogniseBitext` looks at that and gives it back.
 *
 * @param name the name that tells something; that of the file, unless it is a copy
 */
export async function recogniseBitextFormat(
  input: PairInput,
  name?: string,
): Promise<BitextFormat | undefined> {
  if (isTwo(input)) return "moses";
  if (typeof input !== "string" || (await isPipe(input))) return undefined;
  const path = name ?? input;
  const byName = formatOfName(path) ?? "tsv";
  const file = await stat(input).catch(() => undefined);
  if (!file?.isFile()) return byName;
  const whole = await findWhole(input);
  if (whole !== undefined) return OF_WHOLE[whole];
  try {
    const { head, close } = await peek(openInput(input, input), START_BYTES);
    await close();
    return recogniseStart(head, path);
  } catch (error) {
    // Whoever reads it tells it.
    if (error instanceof InputError) return byName;
    throw error;
  }
}
