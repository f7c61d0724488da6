const WARM_UP = 12;

/**
 * Numbers in [0, 1), a stream of its own for every three whole numbers (sfc32 of PractRand, Doty-Humphrey): what is
 * drawn at a step depends on the step's number alone, so that training can go on from any.
 */
export function randomNumbers(seed: number, purpose: number, index: number): () => number {
  let [a, b, c, counter] = [seed | 0, purpose | 0, index | 0, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < WARM_UP; i++) next();
  return next;
}

/** Numbers of the standard normal distribution (Box & Muller 1958), a stream of its own for every two whole numbers. */
export function normalNumbers(seed: number, purpose: number): () => number {
  const next = randomNumbers(seed, purpose, 0);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Puts `values` in a random order, each order equally likely (Fisher and Yates). */
export function shuffle(values: Uint32Array, next: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [values[i], values[j]] = [values[j], values[i]];
  }
}
