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

/** The same options beside an encoder that has been opened, and blended, as they say. */
export function afterOpening<O extends EncoderOptions>(
  options: O,
): Omit<O, "blend" | (typeof OPENING)[number]> {
  const followed: readonly string[] = ["blend", ...OPENING];
  return Object.fromEntries(Object.entries(options).filter(([name]) => !followed.includes(name))) as O;
}
