import { editDistance } from "./edit-distance.js";
import { codesOf } from "./text-facts.js";

/** The name that is most like `name`, case aside. */
export function nearestName(name: string, names: readonly string[]): string {
  const codes = codesOf(name.toLowerCase());
  const distances = names.map((other) => editDistance(codes, codesOf(other.toLowerCase())));
  return names[distances.indexOf(Math.min(...distances))];
}
