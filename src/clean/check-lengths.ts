import { checkWhole } from "../check-values.js";
import { OptionError } from "../errors.js";
import { option, say } from "../wording.js";
import type { CleanOptions } from "./clean.js";

/** @throws OptionError for a length that cannot be, or a longest that is below the shortest */
export function checkLengths({
  minCharacters = 1,
  maxCharacters = Number.POSITIVE_INFINITY,
}: CleanOptions): void {
  checkWhole({ minCharacters }, { least: 0 });
  if (maxCharacters !== Number.POSITIVE_INFINITY) checkWhole({ maxCharacters });
  if (maxCharacters < minCharacters)
    throw new OptionError(
      say`${option("maxCharacters")} is ${maxCharacters}, less than ${option("minCharacters")}, ${minCharacters}; expected at least as many.`,
    );
}
