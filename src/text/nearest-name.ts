import { codesOf } from "./code-points.js";
import { editDistance } from "./edit-distance.js";

/** One letter in three may be wrong, so that nothing is guessed from a code of two. */
const LETTERS_PER_MISTAKE = 3;

/** The name that was probably meant, case aside: that of the fewest changes of a letter; undefined if none is near. */
export function nearestName(typed: string, names: Iterable<string>): string | undefined {
  const codes = codesOf(typed.toLowerCase());
  let nearest: { name?: string; changes: number } = {
    changes: Math.floor(codes.length / LETTERS_PER_MISTAKE) + 1,
  };
  for (const name of names) {
    const changes = editDistance(codes, codesOf(name.toLowerCase()));
    if (changes < nearest.changes) nearest = { name, changes };
  }
  return nearest.name;
}
