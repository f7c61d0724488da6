import { OptionError } from "./errors.js";
import type { Shard } from "./types/shard.js";
import { option, say } from "./wording.js";

/** Numbers by the names of their options; one that is undefined was not given and is not checked. */
type Numbers = Readonly<Record<string, number | undefined>>;

/** A value of whatever type, a text in quotation marks: "5" is no number. */
const shown = (value: unknown) => (typeof value === "string" ? `"${value}"` : String(value));

/** @throws OptionError about the first that is no number, or does not fit */
export function checkNumbers(numbers: Numbers, expected: string, fits: (value: number) => boolean): void {
  for (const [name, value] of Object.entries(numbers))
    if (value !== undefined && !(typeof value === "number" && fits(value)))
      throw new OptionError(say`${option(name)} is ${shown(value)}; expected ${expected}.`);
}

/** @throws OptionError about the first that is not a number; one without end is */
export function checkNumber(numbers: Numbers): void {
  checkNumbers(numbers, "a number", (value) => !Number.isNaN(value));
}

/** @throws OptionError about the first that is not a whole number from `least` to `most` */
export function checkWhole(
  numbers: Numbers,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: { least?: number; most?: number } = {},
): void {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  checkNumbers(
    numbers,
    `a whole number ${range}`,
    (value) => Number.isInteger(value) && value >= least && value <= most,
  );
}

/** @throws OptionError about the first that is not above 0 */
export function checkPositive(numbers: Numbers): void {
  checkNumbers(numbers, "a number above 0", (value) => value > 0 && Number.isFinite(value));
}

/** @throws OptionError unless a value is one of a few words */
export function checkOneOf(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new OptionError(say`${option(name)} is ${shown(value)}; expected one of ${choices.join(", ")}.`);
}

/** @throws OptionError about the first that is not from 0 to 1 */
export function checkShare(numbers: Numbers): void {
  checkNumbers(numbers, "a number from 0 to 1", (value) => value >= 0 && value <= 1);
}

/** @throws OptionError unless a memory budget is at least `least` */
export function checkBudget(memory: number, least: number): void {
  if (memory >= least) return;
  throw new OptionError(
    say`${option("memory")} is ${memory} bytes; expected at least ${least / 2 ** 20} MiB.`,
  );
}

/** @throws OptionError if training is to stop early by a validation, but nothing is held out */
export function checkPatience(patience: number | undefined, validation: number): void {
  if (patience === undefined || validation > 0) return;
  throw new OptionError(
    say`${option("patience")} waits for a better validation, but ${option("validation", 0)} holds nothing out.`,
    { advice: say`Hold some pairs out, or leave ${option("patience")} out.` },
  );
}

/** @throws OptionError if there is no such shard */
export function checkShard(name: string, { number, of }: Shard): void {
  const isCount = Number.isInteger(of) && of >= 1;
  if (isCount && Number.isInteger(number) && number >= 1 && number <= of) return;
  const range = isCount ? `1/${of} to ${of}/${of}` : "such as 3/16";
  throw new OptionError(say`${option(name, `${number}/${of}`)}: expected a number of how many, ${range}.`);
}
