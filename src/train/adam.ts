const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Values under Adam and the running means of their gradients and squared gradients, all of one length. */
export interface AdamState {
  readonly values: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export function startAdam(values: Float32Array): AdamState {
  return { values, first: new Float32Array(values.length), second: new Float32Array(values.length) };
}

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1), in place.
 *
 * @param step the number of this step, from 1
 */
export function stepAdam(
  { values, first, second }: AdamState,
  gradient: Float32Array,
  rate: number,
  step: number,
): void {
  const correction1 = 1 - BETA_1 ** step;
  const correction2 = 1 - BETA_2 ** step;
  for (let i = 0; i < values.length; i++) {
    first[i] += (1 - BETA_1) * (gradient[i] - first[i]);
    second[i] += (1 - BETA_2) * (gradient[i] * gradient[i] - second[i]);
    values[i] -= (rate * (first[i] / correction1)) / (Math.sqrt(second[i] / correction2) + EPSILON);
  }
}
