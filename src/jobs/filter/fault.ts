import type { CrisscrossError } from "../../errors.js";
import type { Wording } from "../../wording.js";

/** The way to a value in a configuration: names, and numbers in lists. */
export type Path = readonly (string | number)[];
export type Part = "name" | "value";
/** Makes the error of a value, or of a name, that stands at a path. */
export type Fault = (
  path: Path,
  problem: string,
  details?: { advice?: Wording; part?: Part },
) => CrisscrossError;
