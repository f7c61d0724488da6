import { type EncoderOptions, openEncoder } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import type { Encoder } from "../../types.js";

/**
 * Opens an encoder whose vectors depend on a text alone.
 *
 * @throws OptionError if it must be fitted on what it embeds
 */
export async function openUnfitted(
  given: string | Encoder | undefined,
  options: EncoderOptions,
): Promise<Encoder> {
  const encoder = typeof given === "object" ? given : await openEncoder(given, options);
  if (!encoder.fit) return encoder;
  if (typeof given !== "object") await encoder.close?.();
  throw new OptionError(
    `${encoder.space} is fitted on both sides together, so that a text's vectors cannot be made alone. Give the folder of an encoder, or mine the texts directly.`,
  );
}
