import { InputError } from "../../errors.js";
import type { Side } from "../texts/side.js";

/** The error for a sentence whose vector is not finite. */
export function rejectVector({ name, places }: Side, text: number, space: string): InputError {
  return new InputError({ path: name, line: places.firstLine(text) }, describeNotFinite(space));
}

export function describeNotFinite(space: string): string {
  return `the encoder ${space} gives this sentence a vector that is not finite (NaN). Remove the sentence, or take another variant of the model.`;
}
