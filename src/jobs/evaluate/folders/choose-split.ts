import { OptionError } from "../../../errors.js";
import { option, say } from "../../../wording.js";

/** Splits in the order in which figures are told of them. */
const ORDER = ["test", "devtest", "dev", "valid", "validation", "training", "train", "sample"];

/**
 * The split that is measured: the one that is asked for, else the first of those that figures are told of.
 *
 * @param splits those that a folder has
 * @throws OptionError if the folder lacks the one that is asked for, or none of several is known
 */
export function chooseSplit(folder: string, splits: readonly string[], asked?: string): string {
  const has = `it has ${splits.map((split) => split || "one without a name").join(", ")}`;
  const find = (name: string) =>
    splits.find((split) => split === name) ?? splits.find((split) => split.split(" ").includes(name));
  if (asked !== undefined) {
    const found = find(asked);
    if (found !== undefined) return found;
    throw new OptionError(`${folder} has no split ${asked}; ${has}.`);
  }
  const known = ORDER.map(find).find((split) => split !== undefined);
  const chosen = splits.length === 1 ? splits[0] : known;
  if (chosen !== undefined) return chosen;
  throw new OptionError(`${folder} has several splits; ${has}.`, {
    advice: say`Name one with ${option("split")}.`,
  });
}
