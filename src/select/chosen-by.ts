import type { Retrieval } from "../types/pairs.js";

type Choice = { retrieval?: Retrieval; secondChoice?: boolean };

/** Whether a candidate may become a pair, by whether its source and its target chose it. */
export type IsChosen = (source: boolean, target: boolean) => boolean;

const CHOSEN_BY: Record<Retrieval, IsChosen> = {
  forward: (source) => source,
  backward: (_, target) => target,
  intersection: (source, target) => source && target,
  union: (source, target) => source || target,
  max: (source, target) => source || target,
  all: () => true,
};

/** Which candidates that have a score may become pairs. */
export function chosenBy({ retrieval = "max", secondChoice }: Choice): IsChosen {
  return CHOSEN_BY[secondChoice ? "all" : retrieval];
}

/** Whether each sentence is in one pair at most, that of its highest score. */
export const isDisjoint = ({ retrieval = "max" }: Choice): boolean => retrieval === "max";
