import type { BitextFormat } from "../../types/bitexts.js";
import { HEAD_BYTES, recogniseWhole } from "../codecs.js";
import { decompress } from "../decompress.js";
import { openBytes } from "../open.js";
import { peek } from "../peek.js";
import { inputsOf, type PairInput } from "./pair-input.js";
import { nameOf } from "./pairs-options.js";
import { OF_WHOLE, recogniseBitextFormat, recogniseStart, START_BYTES } from "./recognise-format.js";

/** A bitext whose format is known before it is read. To be disposed of, read or not. */
export interface RecognisedBitext extends AsyncDisposable {
  /** What to read in place of what was given: a stream or a named pipe from its start all the same, but once. */
  input: PairInput;
  /** What messages call a named pipe, which tells its format, too. @default as the input is called */
  name?: string;
  /** Unknown of a stream without a byte. */
  format?: BitextFormat;
}

/**
 * Recognises the format of a bitext as `readPairs` does where none is named; also that of a stream or a named pipe, whose
 * first bytes are waited for. What cannot be read is for the reader to tell.
 *
 * @throws the signal's reason once it aborts
 */
export async function recogniseBitext(input: PairInput, signal?: AbortSignal): Promise<RecognisedBitext> {
  const [stream] = inputsOf(input);
  const format = await recogniseBitextFormat(input);
  if (format !== undefined) return { input, format, [Symbol.asyncDispose]: async () => {} };
  const name = nameOf(stream, {}, 0);
  const bytes = await peek(openBytes(stream, name, signal), HEAD_BYTES);
  const whole = recogniseWhole(bytes.head);
  const { head, all } = await peek(bytes.all, START_BYTES, (chunks) => decompress(chunks, name));
  if (signal?.aborted) await bytes.close();
  signal?.throwIfAborted();
  return {
    input: all,
    name: typeof stream === "string" ? name : undefined,
    format: bytes.head.length === 0 ? undefined : whole ? OF_WHOLE[whole] : recogniseStart(head, name),
    [Symbol.asyncDispose]: bytes.close,
  };
}
