import { editDistance } from "./edit-distance.js";

/** The name that is most like `name`, case aside. */
export function nearestName(name: string, names: readonly string[]): string {
  const parts = [...name.toLowerCase()];
  const distances = names.map((other) => editDistance(parts, [...other.toLowerCase()]));
  return names[distances.indexOf(Math.min(...distances))];
}
