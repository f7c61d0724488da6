import { codesOf } from "../text/code-points.js";
import { editDistance } from "../text/edit-distance.js";

/** The name that is most like `name`, case aside. */
export function nearestName(name: string, names: readonly string[]): string {
  const codes = codesOf(name.toLowerCase());
  const distances = names.map((other) => editDistance(codes, codesOf(other.toLowerCase())));
  return names[distances.indexOf(Math.min(...distances))];
}
