import { basename, resolve } from "node:path";
import { checkDimensions } from "../../embed/check-dimensions.js";
import { findEncoderFolder } from "../../embed/find-folder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import type { Modules } from "../../embed/folder/modules.js";
import { type EncoderOptions, openEncoder } from "../../embed/open-encoder.js";
import { ModelError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import type { Encoder } from "../../types/encoder.js";
import { note } from "../../wording.js";

/** How the encoder that is distilled is opened, and what is kept of its vectors. */
export interface TeacherOptions
  extends Pick<EncoderOptions, "variant" | "device" | "revision" | "threads" | "prompt" | "promptName"> {
  /** Components that are kept. @default all that the encoder has */
  dimensions?: number;
  /** Ends the work with the signal's reason. */
  signal?: AbortSignal;
  /** Hears how far the work is. */
  onEvent?: (event: JobEvent) => void;
}

/** The encoder that is distilled. */
export interface Teacher extends AsyncDisposable {
  /** What it is called, without the folders that it lies in. */
  name: string;
  encoder: Encoder;
  /** Where its tokenizer is, and the settings of what it is for. */
  input: Modules["input"];
}

/** @throws ModelError if it cannot be used, or has no pieces; OptionError if it has fewer dimensions than are asked for */
export async function openTeacher(name: string, options: TeacherOptions): Promise<Teacher> {
  const { variant, device, revision, threads, prompt, promptName, signal, onEvent = () => {} } = options;
  const which = { variant, device, revision, signal, onEvent };
  const encoder = await openEncoder(name, { ...which, threads, prompt, promptName });
  const close = async () => {
    await encoder.close?.();
  };
  try {
    if (encoder.fit)
      throw new ModelError(`${name}: has no pieces to distil.`, { advice: "Give an encoder's folder." });
    if (encoder.languages)
      throw new ModelError(
        `${name}: has to be told the language of a text, and a piece of its vocabulary may be of any.`,
        { advice: "Distil another encoder." },
      );
    checkDimensions(options.dimensions, encoder.dimensions, name);
    if (encoder.description) onEvent(note(encoder.description));
    const { modules } = await readEncoderFolder(await findEncoderFolder(name, which));
    return { name: basename(resolve(name)), encoder, input: modules.input, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}
