import type { EncoderOptions } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import type { ForeignLayout } from "../../store/arrays/foreign-vectors.js";
import { optionList, say } from "../../wording.js";

/** What is said of an encoder when it is opened. */
export const OPENING = [
  "variant",
  "device",
  "revision",
  "dimensions",
  "task",
  "targetTask",
  "prompt",
  "promptName",
  "targetPrompt",
  "targetPromptName",
  "language",
  "targetLanguage",
] as const satisfies readonly (keyof EncoderOptions)[];

/** What says how texts become vectors. */
type Encoding = Partial<Record<"encoder" | "blend" | "rescore" | (typeof OPENING)[number], unknown>>;

/** A re-scorer runs on the device, too. */
const isUsed = (name: string, { rescore }: Encoding) => name === "device" && rescore !== undefined;

/** @throws OptionError if options say how to open an encoder that was given open, to which they could say nothing */
export function refuseOpening(options: EncoderOptions & Encoding): void {
  const ignored = OPENING.filter((name) => options[name] !== undefined && !isUsed(name, options));
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

/**
 * @param why what the vectors are
 * @throws OptionError if options say how texts become vectors, though files have them; the dimensions of raw ones are theirs
 */
export function refuseEncoding(
  files: readonly { foreign?: ForeignLayout }[],
  options: Encoding,
  why: string,
): void {
  const isRaw = files.some(({ foreign }) => foreign?.raw);
  const ignored = (["encoder", "blend", ...OPENING] as const).filter(
    (name) => options[name] !== undefined && !isUsed(name, options) && !(isRaw && name === "dimensions"),
  );
  if (ignored.length === 0) return;
  throw new OptionError(say`${optionList(ignored, ", ")}: ${why}.`, {
    advice: say`Leave ${ignored.length === 1 ? "it" : "them"} out, or give the texts.`,
  });
}
