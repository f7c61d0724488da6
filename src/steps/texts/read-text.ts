import type { ReadOptions } from "../../read/input.js";
import { readSentences } from "../../read/read-sentences.js";
import { whileUnchanged } from "../../store/files/file-state.js";
import type { Sentence } from "../../types/texts.js";
import { withoutReading } from "./check-reading.js";
import type { SideText } from "./source-kind.js";

/** The sentences of a text, read as was given; a file that changes meanwhile is refused. */
export function readText(
  { kind, name, source, state, ...text }: SideText,
  more: Pick<ReadOptions, "onSkip" | "onNote" | "signal">,
): AsyncGenerator<Sentence[]> {
  const read = { ...text.read, name, ...more };
  // Sentences have no format; where the other text has one, the options are for that.
  if (kind === "sentences") return readSentences(source, withoutReading(read));
  // A copy does not tell by its name what the text is.
  const format = typeof source === "string" ? (text as { format: typeof read.format }).format : read.format;
  return whileUnchanged(readSentences(source, { ...read, format }), [state]);
}
