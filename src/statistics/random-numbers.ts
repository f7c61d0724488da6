import { mix } from "../store/hashes/mix.js";

/** Numbers in [0, 1), the same for the same seed: a Weyl sequence through MurmurHash3's finaliser. */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return (mix(state) >>> 0) / 2 ** 32;
  };
}
