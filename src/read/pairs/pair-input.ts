import { holdLines } from "../hold-lines.js";
import type { Input } from "../input.js";

/** One input, or the two of Moses. */
export type PairInput = Input | readonly [source: Input, target: Input];

/** The one input, or both; from now on they lose no line. */
export function inputsOf(input: PairInput): readonly [Input] | readonly [Input, Input] {
  const inputs = isTwo(input) ? input : ([input] as const);
  for (const one of inputs) holdLines(one);
  return inputs;
}

export function isTwo(input: PairInput): input is readonly [Input, Input] {
  return Array.isArray(input);
}
