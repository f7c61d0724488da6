import { OptionError } from "../../errors.js";
import { BITEXT_FORMATS, type BitextFormat } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import { openInput } from "../open.js";
import { peek } from "../peek.js";
import { refuseCsv } from "../refuse-csv.js";
import { untilAborted } from "../until-aborted.js";
import { findWhole } from "../whole-files.js";
import { inputsOf, isTwo, type PairInput } from "./pair-input.js";
import { recogniseStart, START_BYTES } from "./recognise-format.js";

/** A bitext whose format is known. */
export interface OpenBitext {
  format: BitextFormat;
  /** What messages call each of its files. */
  names: readonly string[];
  /** The bytes of its file, or of both, decompressed; of none that is not read as a stream. */
  chunks: readonly AsyncIterable<Buffer>[];
  /** To be called once they are read, or if they are not. */
  close(): Promise<void>;
}

interface OpenOptions {
  format?: BitextFormat;
  languages?: readonly [source: string, target: string];
  signal?: AbortSignal;
}

/**
 * Opens a bitext, and finds out what it is where no format is named.
 *
 * @param names what messages call each input
 * @throws OptionError for a format that does not fit the inputs; InputError for a zip file of something else, and for two
 * files of CSV
 */
export async function openBitext(
  input: PairInput,
  names: readonly string[],
  options: OpenOptions,
): Promise<OpenBitext> {
  const { format, signal } = options;
  if (!isTwo(input) && (format === undefined || format === "moses")) {
    const whole = await findWhole(input);
    if (whole === "zip") return openMoses(input as string, names[0], options);
    if (whole === "parquet" && !format)
      return { format: "parquet", names, chunks: [], close: async () => {} };
  }
  if (isTwo(input)) for (const one of input) if (typeof one === "string") refuseCsv(one);
  const chunks = inputsOf(input).map((one, i) => openInput(one, names[i], signal));
  if (format !== undefined || isTwo(input)) {
    checkFormat(format ?? "moses", isTwo(input));
    return { format: format ?? "moses", names, chunks, close: async () => {} };
  }
  const { head, all, close } = await peek(chunks[0], START_BYTES);
  return {
    format: recogniseStart(head, typeof input === "string" ? input : names[0]),
    names,
    chunks: [all],
    close,
  };
}

/** The two files of a zip file. */
async function openMoses(
  path: string,
  name: string,
  { languages, signal }: OpenOptions,
): Promise<OpenBitext> {
  const { memberPath, openZip } = await import("../zip/open-zip.js");
  const { findMoses } = await import("../zip/find-moses.js");
  const zip = await openZip(path, name);
  const close = async () => zip[Symbol.asyncDispose]();
  try {
    const sides = findMoses(name, zip.names, languages);
    const chunks = sides.map((side) => untilAborted(zip.read(side), signal));
    return { format: "moses", names: sides.map((side) => memberPath(name, side)), chunks, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function checkFormat(format: BitextFormat, areTwo: boolean): void {
  if (!BITEXT_FORMATS.includes(format))
    throw new OptionError(
      say`${option("format")} is "${format}"; expected one of ${BITEXT_FORMATS.join(", ")}.`,
    );
  if (areTwo === (format === "moses")) return;
  throw new OptionError(
    areTwo
      ? `Two files are given, but a bitext in format ${format} is one file.`
      : "One file is given, but a bitext in format moses is two, or a zip file of them: line n of one translates line n of the other.",
    { advice: areTwo ? "Give one file." : "Give both files." },
  );
}
