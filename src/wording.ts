import { escapeUnprintable, printable, shorten } from "./text/printable.js";

/** An option in a text: the library writes `searchEffort`, the command line `--search-effort`. */
export interface OptionName {
  /** Its name in the library. */
  readonly option: string;
  /** With a value that it is given or asked for: `onError: "skip"`, `--on-error skip`. */
  readonly value?: string | number | boolean | readonly number[];
}

/** Lines that somebody else wrote, shown below each other. */
export interface QuotedLines {
  /** In their order. */
  readonly lines: readonly string[];
}

/**
 * A text that may name options, which whoever shows it spells. Plain data, so that it goes from thread to thread; what it
 * quotes is raw.
 */
export type Wording = string | readonly WordingPart[];
/** A piece of a wording. */
export type WordingPart = string | OptionName | QuotedLines;

/** Writes an option's name as the reader knows it. */
export type SpellOption = (option: OptionName) => string;

/** An option, by the name that the library has for it, for {@link say}. */
export function option(name: string, value?: OptionName["value"]): OptionName {
  return value === undefined ? { option: name } : { option: name, value };
}

/** A text that names options: say`${option("k")} is 0; expected a whole number from 1.` */
export function say(
  strings: TemplateStringsArray,
  ...values: readonly (Wording | OptionName | QuotedLines | number | undefined)[]
): Wording {
  return strings.flatMap((text, i) => (i < values.length ? [text, ...partsOf(values[i])] : [text]));
}

/** Names of which any will do: "jsonl, json or parquet". */
export function anyOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** Several options, with a word or a comma between them. */
export function optionList(names: readonly string[], between: string): Wording {
  return names.flatMap((name, i) => (i === 0 ? [option(name)] : [between, option(name)]));
}

/**
 * The text, its options spelled; as the library spells them, unless told otherwise. It is safe to show on a terminal,
 * whatever it quotes.
 */
export function spell(wording: Wording, spellOption: SpellOption = spellInCode): string {
  if (typeof wording === "string") return printable(wording);
  return shorten(
    wording
      .map((part) => {
        if (typeof part === "string") return escapeUnprintable(part);
        if ("option" in part) return escapeUnprintable(spellOption(part));
        return part.lines.map((line) => `\n  ${escapeUnprintable(line)}`).join("");
      })
      .join(""),
  );
}

function partsOf(value: Wording | WordingPart | number | undefined): readonly WordingPart[] {
  if (Array.isArray(value)) return value;
  return typeof value === "object" ? [value as WordingPart] : [String(value)];
}

function spellInCode({ option: name, value }: OptionName): string {
  return value === undefined ? name : `${name}: ${JSON.stringify(value)}`;
}

/** Something worth knowing, or something that is probably not as it is meant. */
export interface Remark {
  kind: "note" | "warning";
  /** A sentence for people. */
  message: string;
  /** The message where it names options, for {@link spell}. */
  wording?: Wording;
}

export const note = (wording: Wording): Remark => remark("note", wording);
export const warning = (wording: Wording): Remark => remark("warning", wording);

function remark(kind: Remark["kind"], wording: Wording): Remark {
  const message = spell(wording);
  return typeof wording === "string" ? { kind, message } : { kind, message, wording };
}
