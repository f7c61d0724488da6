import { OptionError } from "../errors.js";
import { option, say } from "../wording.js";

/** @throws OptionError unless an encoder's vectors, of `all` numbers, can be cut to as many as are asked for, if any are */
export function checkDimensions(asked: number | undefined, all: number, encoder: string): void {
  if (asked === undefined || (Number.isInteger(asked) && asked >= 1 && asked <= all)) return;
  throw new OptionError(
    say`${option("dimensions")} is ${asked}, but the vectors of ${encoder} have ${all}; expected a whole number from 1 to ${all}.`,
  );
}
