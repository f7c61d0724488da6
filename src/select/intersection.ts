import type { Candidates } from "../types/neighbours.js";
import { type Choices, NO_CHOICE } from "./best.js";

/** The candidates whose two sentences chose each other. */
export function intersection(candidates: Candidates, forward: Choices, backward: Choices): Uint32Array {
  const mutual = forward.filter(
    (candidate) => candidate !== NO_CHOICE && backward[candidates.target[candidate]] === candidate,
  );
  return Uint32Array.from(mutual);
}
