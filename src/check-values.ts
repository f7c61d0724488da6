import { OptionError } from "./errors.js";
import { option, say } from "./wording.js";

/** @throws OptionError unless a value is a whole number from 1 */
export function checkWhole(name: string, value: number, largest = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= 1 && value <= largest) return;
  const range = largest === Number.MAX_SAFE_INTEGER ? "from 1" : `from 1 to ${largest}`;
  throw new OptionError(say`${option(name)} is ${value}; expected a whole number ${range}.`);
}

/** @throws OptionError unless a value is one of a few words */
export function checkOneOf(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new OptionError(say`${option(name)} is "${value}"; expected one of ${choices.join(", ")}.`);
}

/** @throws OptionError unless a value is a share of something */
export function checkShare(name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new OptionError(say`${option(name)} is ${value}; expected a number from 0 to 1.`);
}

/** @throws OptionError unless a budget is large enough to be kept */
export function checkBudget(memory: number, least: number): void {
  if (memory >= least) return;
  throw new OptionError(
    say`${option("memory")} is ${memory} bytes; expected at least ${least / 2 ** 20} MiB.`,
  );
}

/** @throws OptionError if a training is to wait for what nothing is held out to tell */
export function checkPatience(patience: number | undefined, validation: number): void {
  if (patience === undefined || validation > 0) return;
  throw new OptionError(
    say`${option("patience")} waits for a better validation, but ${option("validation", 0)} holds nothing out.`,
    { advice: say`Hold some pairs out, or leave ${option("patience")} out.` },
  );
}
