import { OptionError } from "../../errors.js";
import { type Format, guessFormat } from "../../read/format.js";
import type { ReadOptions } from "../../read/input.js";
import { isVectorsFile } from "./text-of-vectors.js";
import type { TextSource } from "./text-source.js";

const LINES_OR_ARRAY: readonly Format[] = ["jsonl", "json"];

/** Options of reading that only some formats have. */
const FORMATS_WITH: Readonly<Record<string, readonly Format[]>> = {
  column: ["tsv"],
  idColumn: ["tsv"],
  field: LINES_OR_ARRAY,
  idField: LINES_OR_ARRAY,
} satisfies Partial<Record<keyof ReadOptions, readonly Format[]>>;

/** Options that say what a text is read as. */
export const READING = ["format", "column", "idColumn", "field", "idField"] as const;

/** A text, and how it is to be read. */
export interface GivenText {
  /** What messages call it. */
  name: string;
  source: TextSource;
  read?: ReadOptions;
}

/**
 * The same options may be given for several texts: one is refused that says nothing to any text that it is given for.
 *
 * @throws OptionError that names the option, what it goes with, and what the texts are
 */
export function refuseUnusedReading(texts: readonly GivenText[]): void {
  for (const option of READING) {
    const given = texts.filter(({ read }) => read?.[option] !== undefined);
    const formats = FORMATS_WITH[option];
    const isUsed = (text: GivenText) => {
      const format = formatOf(text);
      return format !== undefined && (formats?.includes(format) ?? true);
    };
    if (given.length === 0 || given.some(isUsed)) continue;
    throw new OptionError(
      `${option} goes with ${formats?.join(" and ") ?? "a text"}, but ${given.map(describe).join(", and ")}. ${
        given.some(formatOf) ? "Name the right format, or leave it out." : "Leave it out."
      }`,
    );
  }
}

/** Nothing of what is not read as a text. */
function formatOf({ source, read }: GivenText): Format | undefined {
  if (isVectorsFile(source)) return undefined;
  if (typeof source === "string") return read?.format ?? guessFormat(source);
  return Symbol.asyncIterator in source ? (read?.format ?? "text") : undefined;
}

function describe(text: GivenText): string {
  const format = formatOf(text);
  if (format !== undefined) return `${text.name} is read as ${format}`;
  return isVectorsFile(text.source)
    ? `the text of ${text.name} is read as when it was embedded`
    : `${text.name} is there already, a sentence each`;
}
