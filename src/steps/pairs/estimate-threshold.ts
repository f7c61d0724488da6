import { checkShare } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import { type Aim, choosePoint } from "../../estimate/choose-point.js";
import { estimatePrecision } from "../../estimate/estimate-precision.js";
import type { EstimatedPoint, PrecisionEstimate } from "../../types/estimate.js";
import type { Retrieval } from "../../types/pairs.js";
import { type OptionName, option, say } from "../../wording.js";
import { type ChosenCandidates, withDecoys } from "./decoys.js";

/** Which of the chosen pairs are kept. */
export interface ThresholdOptions {
  /**
   * Keep only scores of at least this; `"auto"` takes the threshold of the best F1 as it is estimated without gold.
   * @default no threshold
   */
  threshold?: number | "auto";
  /** Keep pairs from the lowest threshold up that keeps this estimated precision, between 0 and 1. @default all */
  precision?: number;
}

interface AimOptions extends ThresholdOptions {
  retrieval?: Retrieval;
}

/** A threshold that is given; nothing where it is estimated. */
export function numberOf(threshold: ThresholdOptions["threshold"]): number | undefined {
  return threshold === "auto" ? undefined : threshold;
}

/** @throws OptionError if a threshold is asked for in two ways, or cannot be estimated for such a choice */
export function checkAim({ threshold, precision, retrieval }: AimOptions): void {
  const asked = askedFor({ threshold, precision });
  if (precision !== undefined) {
    checkShare({ precision });
    if (threshold !== undefined)
      throw new OptionError(say`${option("threshold")} and ${option("precision")} exclude each other.`, {
        advice: "Leave one of them out.",
      });
  }
  if (asked && retrieval === "all")
    throw new OptionError(
      say`${asked} needs pairs that were chosen, and ${option("retrieval", "all")} chooses none.`,
      { advice: say`Take ${option("retrieval", "max")}.` },
    );
}

/**
 * The threshold that is estimated without gold; nothing where none is asked for.
 *
 * @throws OptionError if right and wrong pairs cannot be told apart
 */
export function estimateThreshold(
  ranking: { estimate(): PrecisionEstimate },
  options: AimOptions,
): EstimatedPoint | undefined {
  return askedFor(options) && chooseThreshold(ranking.estimate(), options);
}

/**
 * The threshold that is asked for, of those that were estimated.
 *
 * @throws OptionError if right and wrong pairs cannot be told apart
 */
export function chooseThreshold(
  estimate: PrecisionEstimate,
  { threshold, precision }: ThresholdOptions,
): EstimatedPoint {
  const found = choosePoint(estimate, aimOf({ precision }));
  if ("point" in found) return found.point;
  throw new OptionError(say`${askedFor({ threshold, precision })!} finds no threshold: ${found.unknown}.`, {
    advice: say`Give ${option("threshold")} a number.`,
  });
}

/** What is right at each threshold, without gold. */
export function estimateOf(chosen: ChosenCandidates): PrecisionEstimate {
  const { ordered, scores } = chosen;
  return estimatePrecision(
    withDecoys(chosen),
    Float64Array.from(ordered, (candidate) => scores[candidate]),
  );
}

/** What a threshold is chosen by: the precision that is given, or else the best F1. */
export function aimOf({ precision }: Pick<ThresholdOptions, "precision">): Aim {
  return precision === undefined ? { by: "f1" } : { by: "precision", least: precision };
}

/** The option that asks for a threshold to be estimated; nothing where none does. */
export function askedFor({ threshold, precision }: ThresholdOptions): OptionName | undefined {
  if (threshold === "auto") return option("threshold", "auto");
  return precision === undefined ? undefined : option("precision", precision);
}
