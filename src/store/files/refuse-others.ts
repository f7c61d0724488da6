import { OptionError } from "../../errors.js";

/**
 * Keeps a folder whose contents are to be replaced from taking a file of its user's along.
 *
 * @param what it holds, in words
 * @param others what else lies there
 * @throws OptionError if there is anything
 */
export function refuseOthers(folder: string, what: string, others: readonly string[]): void {
  if (others.length === 0) return;
  throw new OptionError(`${folder}: holds ${what}, but also ${others[0]}, which would be lost.`, {
    advice: "Move it away, or name another folder.",
  });
}
