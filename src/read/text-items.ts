import { InputError } from "../errors.js";
import { readField } from "../text/field.js";
import type { Sentence, TextItem, TextRecord } from "../types/texts.js";
import type { Report } from "./faults.js";
import { isIdentifier } from "./record.js";
import { describeElement } from "./streams.js";

/** What may be an item or a batch of them; nothing of it is known before it is looked at. */
export type ItemSource = Iterable<unknown> | AsyncIterable<unknown>;

/**
 * The sentences in the items of a text in memory, which count from 1 whatever batches they come in.
 *
 * @param fields names of what goes with each sentence
 * @param report takes the error of an item that is no text, with its number
 */
export async function* readItems(
  source: ItemSource,
  { name, fields }: { name: string; fields?: readonly string[] },
  report: Report,
): AsyncGenerator<Sentence[]> {
  let item = 0;
  for await (const element of source) {
    const sentences: Sentence[] = [];
    for (const found of Array.isArray(element) ? element : [element]) {
      item++;
      const fault = describeFault(found);
      if (fault) report(new InputError({ path: name }, `element ${item} ${fault}.`));
      else sentences.push(toSentence(found as TextItem, item, fields));
    }
    yield sentences;
  }
}

function toSentence(item: TextItem, number: number, fields?: readonly string[]): Sentence {
  if (typeof item === "string") return { text: item, line: number };
  const { text, line = number, id } = item;
  const sentence: Sentence = { text, line };
  if (id !== undefined && id !== null) sentence.id = String(id);
  if (fields) sentence.fields = fieldsOf(item, fields);
  return sentence;
}

function fieldsOf(item: TextRecord, names: readonly string[]): string[] {
  if (Array.isArray(item.fields)) return item.fields;
  const holder = item.fields ?? item;
  return names.map((name) =>
    textOf(Object.hasOwn(holder, name) ? holder[name as never] : readField(holder, name)),
  );
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return String(value);
  // As JSON has it: of a date or an address that is a text.
  const found: unknown = JSON.parse(JSON.stringify(value) ?? "null");
  return typeof found === "string" ? found : JSON.stringify(found);
}

/** What keeps an item from being a text, if anything does. */
function describeFault(item: unknown): string | undefined {
  if (typeof item === "string") return undefined;
  if (typeof item !== "object" || item === null || Array.isArray(item) || item instanceof Uint8Array)
    return `is ${describeElement(item)}; expected a sentence: a string, or a record with its text`;
  const { text, id, line } = item as Record<string, unknown>;
  if (typeof text !== "string")
    return `has ${text === undefined ? "no text" : `a text that is ${describeElement(text)}`}; expected a string in "text"`;
  if (id !== undefined && id !== null && !isIdentifier(id))
    return `has an id that is ${describeElement(id)}; expected a string or a number`;
  if (line !== undefined && !(Number.isSafeInteger(line) && (line as number) > 0))
    return `has a line that is ${typeof line === "number" ? line : describeElement(line)}; expected a whole number from 1`;
  return undefined;
}
