import { checkOneOf } from "../check-values.js";
import { InputError } from "../errors.js";
import { option } from "../wording.js";
import type { ReadOptions } from "./input.js";

/**
 * Nothing after this place can be read, but what came before it is sound: compressed data cut short, a JSON array
 * broken off. With `onError: "skip"` the input ends here.
 */
export class BrokenInput extends InputError {}

/** What an error advises where the unreadable thing may be left out. */
export const SKIP = option("onError", "skip");

/** Takes the error of one unreadable thing: throws it, or returns and the thing is to be left out. */
export type Report = (error: InputError) => void;

/** What `onError` and `onSkip` ask for. */
export function reportFaults({ onError = "stop", onSkip }: Pick<ReadOptions, "onError" | "onSkip">): Report {
  checkOneOf("onError", onError, ["stop", "skip"]);
  if (onError === "skip") return (error) => onSkip?.(error);
  return (error) => {
    throw error;
  };
}
