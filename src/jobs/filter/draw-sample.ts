import { randomNumbers } from "../../train/random.js";
import type { Pair } from "../../types/bitexts.js";

/** A stream of random numbers of its own. */
const SAMPLE = 0x5a;

/** Draws pairs of a bitext, each equally likely, in its order (Vitter 1985, algorithm R). Memory: the pairs drawn. */
export async function drawSample(
  batches: AsyncIterable<readonly Pair[]>,
  size: number,
  seed: number,
): Promise<{ pairs: Pair[]; of: number }> {
  const next = randomNumbers(seed, SAMPLE, 0);
  const drawn: { at: number; pair: Pair }[] = [];
  let seen = 0;
  for await (const batch of batches) {
    for (const pair of batch) {
      const place = seen < size ? seen : Math.floor(next() * (seen + 1));
      if (place < size) drawn[place] = { at: seen, pair };
      seen++;
    }
  }
  return { pairs: drawn.sort((a, b) => a.at - b.at).map(({ pair }) => pair), of: seen };
}
