import { CrisscrossError, InputError } from "../../errors.js";

/** Why a file of a run folder cannot be used, as one sentence. */
export function explainDamage(error: unknown, folder: string): CrisscrossError {
  if (error instanceof CrisscrossError) return error;
  const { message } = error as Error;
  return new InputError({ path: folder }, `a file of this run is missing or damaged (${message}).`, {
    advice: "Run the command that made it again.",
    cause: error,
  });
}
