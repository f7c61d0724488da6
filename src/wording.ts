/** An option in a text: the library writes `searchEffort`, the command line `--search-effort`. */
export interface OptionName {
  /** Its name in the library. */
  readonly option: string;
  /** With a value that it is given or asked for: `onError: "skip"`, `--on-error skip`. */
  readonly value?: string | number | boolean;
}

/** A text that may name options, which whoever shows it spells. Plain data, so that it goes from thread to thread. */
export type Wording = string | readonly (string | OptionName)[];

/** Writes an option's name as the reader knows it. */
export type SpellOption = (option: OptionName) => string;

/** An option, by the name that the library has for it, for {@link say}. */
export function option(name: string, value?: OptionName["value"]): OptionName {
  return value === undefined ? { option: name } : { option: name, value };
}

/** A text that names options: say`${option("k")} is 0; expected a whole number from 1.` */
export function say(
  strings: TemplateStringsArray,
  ...values: readonly (Wording | OptionName | number | undefined)[]
): Wording {
  return strings.flatMap((text, i) => (i < values.length ? [text, ...partsOf(values[i])] : [text]));
}

/** Several options, with a word or a comma between them. */
export function optionList(names: readonly string[], between: string): Wording {
  return names.flatMap((name, i) => (i === 0 ? [option(name)] : [between, option(name)]));
}

/** The text, its options spelled; as the library spells them, unless told otherwise. */
export function spell(wording: Wording, spellOption: SpellOption = spellInCode): string {
  if (typeof wording === "string") return wording;
  return wording.map((part) => (typeof part === "string" ? part : spellOption(part))).join("");
}

function partsOf(value: Wording | OptionName | number | undefined): readonly (string | OptionName)[] {
  if (Array.isArray(value)) return value;
  return typeof value === "object" ? [value as OptionName] : [String(value)];
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
  return typeof wording === "string"
    ? { kind, message: wording }
    : { kind, message: spell(wording), wording };
}
