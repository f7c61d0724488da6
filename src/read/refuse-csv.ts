import { InputError } from "../errors.js";
import { withoutCompressionSuffix } from "./codecs.js";

/** @throws InputError for a file that is named as CSV, where a line of it would be a sentence */
export function refuseCsv(path: string): void {
  if (!/\.csv$/i.test(withoutCompressionSuffix(path))) return;
  throw new InputError({ path }, "its name says .csv; expected a sentence a line.", {
    advice: "Make TSV of it first, with convert if it has two columns; a bitext in CSV is given alone.",
  });
}
