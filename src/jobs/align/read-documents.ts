import { InputError, type Place } from "../../errors.js";
import type { TextSource } from "../../read/input.js";
import { Skips } from "../../steps/bitexts/skips.js";
import { refuseUnusedReading } from "../../steps/texts/check-reading.js";
import { readText } from "../../steps/texts/read-text.js";
import { nameText, type SideText } from "../../steps/texts/source-kind.js";
import type { SideName } from "../../types/texts.js";
import { note, option, say, warning } from "../../wording.js";
import { isMark } from "./mark-lines.js";
import type { AlignOptions } from "./options.js";

/** The sentences of a document, without its blank lines and marks. */
export interface DocumentLines {
  name: string;
  texts: string[];
  /** The line of each, from 1. */
  lines: number[];
}

/** @throws InputError if neither has a sentence; OptionError for an option of reading that neither has a use for */
export async function readDocuments(
  source: TextSource,
  target: TextSource,
  { read = {}, readTarget = read, signal, onEvent = () => {} }: AlignOptions,
): Promise<Record<SideName, DocumentLines>> {
  const [x, y] = [nameText(source, "source", read), nameText(target, "target", readTarget)];
  refuseUnusedReading([x, y]);
  const skips = new Skips(onEvent);
  const readOne = async (text: SideText): Promise<DocumentLines> => {
    const document: DocumentLines = { name: text.name, texts: [], lines: [] };
    const marks: string[] = [];
    for await (const batch of readText(text, { onSkip: skips.onSkip, onNote: onEvent, signal }))
      for (const { text: given, line } of batch) {
        const sentence = given.trim();
        if (isMark(sentence)) marks.push(sentence);
        else if (sentence !== "") add(document, sentence, line);
      }
    if (marks.length > 0) onEvent(note(describeMarks(text.name, marks)));
    return document;
  };
  const documents = { source: await readOne(x), target: await readOne(y) };
  const empty = Object.values(documents).filter(({ texts }) => texts.length === 0);
  if (empty.length === 2)
    throw new InputError({ path: x.name }, `has no sentences, and neither has ${y.name}.`);
  for (const { name } of empty)
    onEvent(warning(`${name}: has no sentences; every sentence of the other document stands alone.`));
  return documents;
}

function add({ name, texts, lines }: DocumentLines, sentence: string, line: number): void {
  if (texts.length === 0) refusePage(sentence, { path: name, line });
  texts.push(sentence);
  lines.push(line);
}

function describeMarks(name: string, [first, ...others]: readonly string[]): string {
  return others.length === 0
    ? `${name}: 1 line, ${first}, says how the text is divided; it is left out, as blank lines are.`
    : `${name}: ${others.length + 1} lines, such as ${first}, say how the text is divided; they are left out, as blank lines are.`;
}

/** @throws InputError for a page in JSON, read as a sentence */
function refusePage(sentence: string, place: Place): void {
  if (!/^\s*\{.*"blocks"\s*:\s*\[/.test(sentence)) return;
  throw new InputError(place, "is a page in JSON; expected a sentence.", {
    advice: say`Pages are aligned by crisscross align --pages auto. To have sentences, run extract without ${option("unit", "page")}.`,
  });
}
