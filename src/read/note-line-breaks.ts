import type { Sentence } from "../types/texts.js";
import { note } from "../wording.js";
import type { ReadOptions } from "./input.js";

/** Notes if sentences in memory have line breaks inside: a whole text may have been given for one sentence. */
export function noteLineBreaks(
  batch: readonly Sentence[],
  { name, onNote }: Pick<ReadOptions, "onNote"> & { name: string },
): void {
  const index = onNote ? batch.findIndex(({ text }) => /[\n\r]/.test(text.trim())) : -1;
  if (index >= 0)
    onNote?.(
      note(
        `${name}: element ${index + 1} has a line break, and is one sentence. A text with a sentence a line is to be given as bytes.`,
      ),
    );
}
