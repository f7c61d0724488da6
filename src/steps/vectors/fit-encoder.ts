import { textWindows } from "../../embed/embed.js";
import { concatenate } from "../../flow/concatenate.js";
import type { Encoder } from "../../types/encoder.js";
import type { Texts } from "../../types/texts.js";

/** The encoder that embeds both sides: one that needs it is fitted on them first. */
export async function fitEncoder(encoder: Encoder, source: Texts, target: Texts): Promise<Encoder> {
  return encoder.fit ? await encoder.fit(concatenate(textWindows(source), textWindows(target))) : encoder;
}
