import type { Sentence } from "../types/texts.js";
import { note, option, say } from "../wording.js";
import type { SettledReading } from "./input.js";

/** As the BUCC shared task has it, `de-000000001⇥sentence`; the first column of such TSV is the identifier alone. */
const IDENTIFIER = /^[A-Za-z]{2,3}-\d{6,}(?:\t|$)/;

const LOOKED_AT = 10;

/** Notes if the first sentences of a text, or of TSV whose column nobody named, all have identifiers in their text. */
export function noteIdentifiers(
  batch: readonly Sentence[],
  { format, name, column, onNote }: SettledReading,
): void {
  if (!onNote || !(format === "text" || (format === "tsv" && column === undefined))) return;
  const first = batch.filter(({ text }) => text.trim() !== "").slice(0, LOOKED_AT);
  if (first.length > 0 && first.every(({ text }) => IDENTIFIER.test(text)))
    onNote(
      note(
        say`${name}: looks like id⇥sentence, but its ids are read as part of the sentences. Pass ${option("format", "bucc")} to read them as ids.`,
      ),
    );
}
