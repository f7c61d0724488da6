import type { EncoderOptions } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import { optionList, say } from "../../wording.js";

/** What is said of an encoder when it is opened. */
export const OPENING = [
  "variant",
  "revision",
  "dimensions",
  "prompt",
  "promptName",
  "targetPrompt",
  "targetPromptName",
] as const satisfies readonly (keyof EncoderOptions)[];

/** @throws OptionError if options say how to open an encoder that was given open, to which they could say nothing */
export function refuseOpening(options: EncoderOptions): void {
  const ignored = OPENING.filter((name) => options[name] !== undefined);
  if (ignored.length === 0) return;
  throw new OptionError(say`${optionList(ignored, ", ")}: the encoder is given open, and stays as it is.`, {
    advice: say`Leave ${ignored.length === 1 ? "it" : "them"} out, or give the encoder's name.`,
  });
}
