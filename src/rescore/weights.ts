import { OptionError } from "../errors.js";
import { option, say } from "../wording.js";

/** What the dense, the sparse and the multi-vector score count in their mean. */
export type RescoreWeights = readonly [dense: number, sparse: number, colbert: number];

/** Those that BGE-M3 was published with (Chen et al. 2024). */
export const BGE_M3_WEIGHTS: RescoreWeights = [1, 0.3, 1];

/** @throws OptionError unless they are three numbers from 0, of which one is above 0 */
export function checkWeights(weights: readonly number[] | undefined): void {
  if (weights === undefined) return;
  const fit = weights.length === 3 && weights.every((weight) => Number.isFinite(weight) && weight >= 0);
  if (fit && weights.some((weight) => weight > 0)) return;
  throw new OptionError(
    say`${option("rescoreWeights")} is ${weights.join()}; expected three numbers from 0, not all of them 0: of the dense, the sparse and the multi-vector score, such as ${BGE_M3_WEIGHTS.join()}.`,
  );
}

/** The weighted mean of a pair's parts. */
export function weigh(parts: Float32Array, weights: RescoreWeights): number {
  const sum = weights.reduce((total, weight) => total + weight);
  return weights.reduce((total, weight, i) => (weight > 0 ? total + weight * parts[i] : total), 0) / sum;
}
