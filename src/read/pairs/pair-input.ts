import type { Input } from "../input.js";

/** One input, or the two of Moses. */
export type PairInput = Input | readonly [source: Input, target: Input];

/** The one input, or both. */
export function inputsOf(input: PairInput): readonly [Input] | readonly [Input, Input] {
  return isTwo(input) ? input : [input];
}

export function isTwo(input: PairInput): input is readonly [Input, Input] {
  return Array.isArray(input);
}
