import { OptionError } from "../../errors.js";
import { BITEXT_FORMATS, type BitextFormat } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import { openInput } from "../open.js";
import { peek } from "../peek.js";
import { findWhole } from "../whole-files.js";
import { inputsOf, isTwo, type PairInput } from "./pair-input.js";
import { recogniseStart, START_BYTES } from "./recognise-format.js";

/** A bitext whose format is known. */
export interface OpenBitext {
  format: BitextFormat;
  /** The bytes of its file, or of both, decompressed; of none that is not read as a stream. */
  chunks: readonly AsyncIterable<Buffer>[];
  /** To be called if they are not read. */
  close(): Promise<void>;
}

/**
 * Opens a bitext, and finds out what it is where no format is named.
 *
 * @param names what messages call each input
 * @throws OptionError for a format that does not fit the inputs
 */
export async function openBitext(
  input: PairInput,
  names: readonly string[],
  { format, signal }: { format?: BitextFormat; signal?: AbortSignal },
): Promise<OpenBitext> {
  if (format === undefined && !isTwo(input) && (await findWhole(input)) === "parquet")
    return { format: "parquet", chunks: [], close: async () => {} };
  const chunks = inputsOf(input).map((one, i) => openInput(one, names[i], signal));
  if (format !== undefined || isTwo(input)) {
    checkFormat(format ?? "moses", isTwo(input));
    return { format: format ?? "moses", chunks, close: async () => {} };
  }
  const { head, all, close } = await peek(chunks[0], START_BYTES);
  return { format: recogniseStart(head, typeof input === "string" ? input : ""), chunks: [all], close };
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
      : "One file is given, but a bitext in format moses is two: line n of one translates line n of the other.",
    { advice: areTwo ? "Give one file." : "Give both files." },
  );
}
