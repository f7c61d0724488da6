import { type Choices, NO_CHOICE } from "./best.js";

/** The candidates that at least one side chose. */
export function union(forward: Choices, backward: Choices): Uint32Array {
  const chosen = new Set<number>(forward);
  for (const candidate of backward) chosen.add(candidate);
  chosen.delete(NO_CHOICE);
  return Uint32Array.from(chosen);
}
