import { type EncoderOptions, openEncoder } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import type { Encoder } from "../../types/encoder.js";

/** An encoder, which is closed when it is disposed of, unless it was given open. */
export interface HeldEncoder extends AsyncDisposable {
  encoder: Encoder;
}

export async function holdEncoder(
  given: string | Encoder | undefined,
  options: EncoderOptions,
): Promise<HeldEncoder> {
  if (typeof given === "object") return { encoder: given, [Symbol.asyncDispose]: async () => {} };
  const encoder = await openEncoder(given, options);
  return {
    encoder,
    [Symbol.asyncDispose]: async () => {
      await encoder.close?.();
    },
  };
}

/**
 * The same of an encoder whose vectors depend on a text alone.
 *
 * @throws OptionError if it must be fitted on what it embeds
 */
export async function holdUnfitted(
  given: string | Encoder | undefined,
  options: EncoderOptions,
): Promise<HeldEncoder> {
  const held = await holdEncoder(given, options);
  const { encoder } = held;
  if (!encoder.fit) return held;
  await held[Symbol.asyncDispose]();
  throw new OptionError(
    `${encoder.space} is fitted to both sides together, so it cannot embed one text alone.`,
    { advice: "Give an encoder's folder, or mine the texts directly." },
  );
}
