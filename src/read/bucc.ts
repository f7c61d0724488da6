import { InputError } from "../errors.js";
import type { Sentence } from "../types/texts.js";
import { option, say } from "../wording.js";
import { SKIP } from "./faults.js";
import type { Line } from "./lines.js";

/**
 * Reads the lines of the BUCC shared task, `id⇥sentence`; a further tab belongs to the sentence. An empty line is a
 * blank sentence.
 *
 * @throws the parser throws InputError for a line without a tab
 */
export function parseBucc(path: string): (row: Line) => Sentence {
  return ({ text, line }) => {
    if (text === "") return { text, line };
    const tab = text.indexOf("\t");
    if (tab < 0) {
      const problem = "has no tab; expected id⇥sentence.";
      throw new InputError({ path, line }, problem, {
        advice: say`Name the right ${option("format")}, or pass ${SKIP}.`,
      });
    }
    return { text: text.slice(tab + 1), line, id: text.slice(0, tab) };
  };
}
