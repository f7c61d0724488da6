import { printable, shorten } from "./text/printable.js";
import { type SpellOption, spell, type Wording } from "./wording.js";

/** What an error says, options by their names. */
export interface ErrorWording {
  /** What was expected and what was found; a sentence, or its end after the place. */
  problem: Wording;
  /** What to do about it, in sentences. */
  advice?: Wording;
}

/** What made the error, and what to do about it. */
export type ErrorDetails = ErrorOptions & Pick<ErrorWording, "advice">;

/**
 * Base of every error that a user can do something about; anything else is a bug of ours. Its texts are safe to show on a
 * terminal, whatever they quote.
 */
export class CrisscrossError extends Error {
  /** The class's name, as a stack trace shows it. */
  override name = "CrisscrossError";
  // Private fields, so that whoever prints the error sees its message once.
  readonly #wording: Readonly<ErrorWording>;
  readonly #where: string;

  constructor(problem: Wording, { advice, ...options }: ErrorDetails = {}, where = "") {
    super(undefined, options);
    this.#wording = { problem, advice };
    this.#where = where;
    this.message = this.explain();
  }

  /** What it says, for a reader who knows the options by other names. */
  get wording(): Readonly<ErrorWording> {
    return this.#wording;
  }

  /** What was expected and what was found. */
  get problem(): string {
    return spell(this.wording.problem);
  }

  /** What to do about it; undefined if that is not known. */
  get advice(): string | undefined {
    return this.wording.advice && spell(this.wording.advice);
  }

  /** The message for readers who know the options by other names, or without its advice. */
  explain({ spellOption, advice = true }: { spellOption?: SpellOption; advice?: boolean } = {}): string {
    const { problem, advice: what } = this.wording;
    // Both are bounded, but not their sum.
    const said = shorten(`${this.#where}${spell(problem, spellOption)}`);
    return advice && what !== undefined ? `${said} ${spell(what, spellOption)}` : said;
  }
}

/** An option has a value that cannot work, or two options contradict each other. */
export class OptionError extends CrisscrossError {
  override name = "OptionError";
}

/** Where in an input something was found. Lines and columns count from 1, bytes from 0. */
export interface Place {
  /** The file, or what its user calls the stream; as it is, not made for a terminal. */
  path: string;
  /** From 1. */
  line?: number;
  /** From 1. */
  column?: number;
  /** From 0. */
  byte?: number;
}

/** An input cannot be read as what it is said to be. */
export class InputError extends CrisscrossError {
  override name = "InputError";

  /** @param problem what was expected and what was found, without the place */
  constructor(
    /** Where it was found. */
    readonly place: Place,
    problem: Wording,
    details?: ErrorDetails,
  ) {
    super(problem, details, `${describePlace(place)}: `);
  }

  /** Whether it is not the input that is wrong: it is not there, or its disk has a fault. */
  get isOfTheSystem(): boolean {
    return typeof (this.cause as NodeJS.ErrnoException | undefined)?.syscall === "string";
  }
}

/** An encoder's folder or its model cannot be used. */
export class ModelError extends CrisscrossError {
  override name = "ModelError";
}

/** An index cannot be built, read or used. */
export class IndexError extends CrisscrossError {
  override name = "IndexError";
}

/** An output cannot be written. */
export class OutputError extends CrisscrossError {
  override name = "OutputError";
}

/** Which table a training that cannot go on gave back. */
export interface LastGood {
  /** How many steps it was trained. */
  step: number;
  /** Its accuracy over held-out pairs; NaN without validation. */
  accuracy: number;
  /** How many steps were done in all. */
  steps: number;
}

/** Training cannot go on. */
export class TrainingError extends CrisscrossError {
  override name = "TrainingError";
}

/** Training cannot go on because numbers became none. */
export class DivergenceError extends TrainingError {
  override name = "DivergenceError";

  constructor(
    problem: Wording,
    /** The table that the training gave back. */
    readonly lastGood: LastGood,
    details?: ErrorDetails,
  ) {
    super(problem, details);
  }
}

function describePlace({ path, line, column, byte }: Place): string {
  const parts = [path];
  if (line !== undefined) parts.push(`line ${line}`);
  if (column !== undefined) parts.push(`column ${column}`);
  if (byte !== undefined) parts.push(`byte ${byte}`);
  return printable(parts.join(", "));
}
