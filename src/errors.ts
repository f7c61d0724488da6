/** Base of every error that a user can do something about; anything else is a bug of ours. */
export class CrisscrossError extends Error {
  override name = "CrisscrossError";
}

/** An option has a value that cannot work, or two options contradict each other. */
export class OptionError extends CrisscrossError {
  override name = "OptionError";
}

/** Where in an input something was found. Lines and columns count from 1, bytes from 0. */
export interface Place {
  path: string;
  line?: number;
  column?: number;
  byte?: number;
}

/** An input cannot be read as what it is said to be. */
export class InputError extends CrisscrossError {
  override name = "InputError";

  /** @param problem what was expected, what was found and what to do, without the place */
  constructor(
    readonly place: Place,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`${describePlace(place)}: ${problem}`, options);
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
    message: string,
    readonly lastGood: LastGood,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

function describePlace({ path, line, column, byte }: Place): string {
  const parts = [path];
  if (line !== undefined) parts.push(`line ${line}`);
  if (column !== undefined) parts.push(`column ${column}`);
  if (byte !== undefined) parts.push(`byte ${byte}`);
  return parts.join(", ");
}
