import { InputError, type Place } from "../../errors.js";
import { reportFaults, SKIP } from "../../read/faults.js";
import { say } from "../../wording.js";
import type { RowFault } from "../texts/given-file.js";
import type { EmbeddedSide } from "./embedded-side.js";

/** The error for a sentence whose vector is not finite. */
export function rejectVector(
  { name, places }: Pick<EmbeddedSide, "name" | "places">,
  text: number,
  space: string,
): InputError {
  return notFinite({ path: name, line: places.firstLine(text) }, space);
}

/** A sentence without a vector is as one that cannot be read. */
export function reportVector(
  { report = reportFaults({}) }: Pick<EmbeddedSide, "report">,
  error: InputError,
): void {
  report(error);
}

/** The error for a row of a file that is no vector, by the place of its sentence. */
export function rejectRow(place: Place, { path, row, problem }: RowFault): InputError {
  return new InputError(place, `its vector, row ${row} of ${path}, ${problem}.`, {
    advice: say`Pass ${SKIP} to leave it out, or make the vectors again.`,
  });
}

/** The same as `rejectVector`, where the sentence can be left out. */
export function notFinite(place: Place, space: string): InputError {
  return new InputError(place, whatIsNotFinite(space), {
    advice: say`Pass ${SKIP} to leave it out, or take another variant of the model.`,
  });
}

/** The error for a text, of an input, whose vector is not finite. */
export function rejectText(path: string, text: string, space: string): InputError {
  return new InputError({ path }, `${text}: ${describeNotFinite(space)}`);
}

export function describeNotFinite(space: string): string {
  return `${whatIsNotFinite(space)} Remove the sentence, or take another variant of the model.`;
}

const whatIsNotFinite = (space: string) =>
  `the encoder ${space} gives this sentence a vector that is not finite (NaN).`;
