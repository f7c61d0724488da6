import type { OptionNames } from "../../check-options.js";
import { checkNumber } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import type { Rescorer } from "../../rescore/rescorer.js";
import { checkWeights, type RescoreWeights } from "../../rescore/weights.js";
import type { RunsOn } from "../../types/runs-on.js";
import { note, option, say } from "../../wording.js";

/** What scores pairs by reading both of their texts. */
export interface RescoreOptions {
  /** The folder of a cross-encoder or of BGE-M3 in ONNX, or its name on the hub. @default none */
  rescore?: string;
  /** Which model file of its folder, such as `quantized`. @default float32 if there is one */
  rescoreVariant?: string;
  /** What BGE-M3's dense, sparse and multi-vector scores count in their mean. @default [1, 0.3, 1] */
  rescoreWeights?: RescoreWeights;
}

/** The names of `RescoreOptions`. */
export const RESCORE_OPTIONS: OptionNames<RescoreOptions> = {
  rescore: true,
  rescoreVariant: true,
  rescoreWeights: true,
};

/** @throws OptionError for weights that are none, and for what says how to re-score where nothing is re-scored */
export function checkRescore({ rescore, ...how }: RescoreOptions & { rescoreAbove?: number }): void {
  const { rescoreVariant, rescoreWeights, rescoreAbove } = how;
  const needless = Object.entries({ rescoreVariant, rescoreWeights, rescoreAbove }).find(
    ([, value]) => value !== undefined,
  );
  if (rescore === undefined && needless)
    throw new OptionError(
      say`${option(needless[0])} says how pairs are re-scored, but no re-scorer is given.`,
      { advice: say`Give ${option("rescore")}, or leave it out.` },
    );
  checkWeights(rescoreWeights);
  checkNumber({ rescoreAbove });
}

/** A re-scorer, where one is asked for, which is closed when it is disposed of. */
export interface HeldRescorer extends AsyncDisposable {
  rescorer?: Rescorer;
}

/**
 * Opens the re-scorer that is asked for, if one is.
 *
 * @throws what `openRescorer` throws
 */
export async function holdRescorer({
  rescore,
  rescoreVariant: variant,
  rescoreWeights: weights,
  threads,
  device,
  signal,
  onEvent,
}: RescoreOptions & JobListeners & RunsOn): Promise<HeldRescorer> {
  if (rescore === undefined) return { [Symbol.asyncDispose]: async () => {} };
  const { openRescorer } = await import("../../rescore/open-rescorer.js");
  const rescorer = await openRescorer(rescore, { variant, weights, threads, device, signal, onEvent });
  onEvent?.(note(rescorer.description));
  return { rescorer, [Symbol.asyncDispose]: () => rescorer.close() };
}
