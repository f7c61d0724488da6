import { type Choices, NO_CHOICE } from "./best.js";

/** The candidates that at least one side chose, in the order of their numbers. */
export function union(forward: Choices, backward: Choices, candidates: number): Uint32Array {
  const chosen = new Uint8Array(candidates);
  let count = 0;
  for (const choices of [forward, backward]) {
    for (const candidate of choices) {
      if (candidate === NO_CHOICE || chosen[candidate]) continue;
      chosen[candidate] = 1;
      count++;
    }
  }
  const numbers = new Uint32Array(count);
  for (let candidate = 0, at = 0; at < count; candidate++) if (chosen[candidate]) numbers[at++] = candidate;
  return numbers;
}
