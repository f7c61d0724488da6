/** Pair i is source text `sources[i]` with target text `targets[i]`. */
export interface TextPairs {
  sources: Uint32Array;
  targets: Uint32Array;
}

/** Pairs that an encoder is trained on. */
export interface TaughtPairs extends TextPairs {
  /** How likely each is right, as far as vectors can tell that were not trained on it; absent where they cannot. */
  chances?: Float32Array;
}

/** Some of these pairs, by their numbers. */
export function takePairs({ sources, targets }: TextPairs, numbers: Uint32Array): TextPairs {
  return { sources: numbers.map((pair) => sources[pair]), targets: numbers.map((pair) => targets[pair]) };
}

/** The same with their chances. */
export function takeTaught({ chances, ...pairs }: TaughtPairs, numbers: Uint32Array): TaughtPairs {
  return {
    ...takePairs(pairs, numbers),
    chances: chances && Float32Array.from(numbers, (pair) => chances[pair]),
  };
}
