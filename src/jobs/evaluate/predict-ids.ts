import type { IdPrediction } from "../../evaluate/id-predictions.js";
import { scoreMargin } from "../../score/margin.js";
import { selectPairs } from "../../select/select.js";
import type { SidesFound } from "../../steps/neighbours/found.js";
import { membersOf } from "../../steps/pairs/pair.js";
import type { Margin, Retrieval } from "../../types/pairs.js";
import type { SideName } from "../../types/texts.js";
import { type GoldPairs, identify } from "./gold.js";

/** One way of choosing pairs. */
export interface Choice {
  margin: Margin;
  retrieval: Retrieval;
  secondChoice?: boolean;
}

/** The pairs that a choice selects, as pairs of identifiers: all those of both texts and of their near-duplicates. */
export function predictIds(
  { sides, found }: SidesFound,
  gold: GoldPairs,
  { margin, ...how }: Choice,
): IdPrediction[] {
  const { candidates, groups } = found;
  const members = groups && membersOf(groups);
  const identifyAll = (side: SideName, text: number) =>
    [text, ...(members?.[side].get(text) ?? [])].flatMap((one) => identify(sides[side], one));
  const { values } = scoreMargin(candidates, margin);
  const { pairs } = selectPairs(candidates, values, how);
  return Array.from(pairs).flatMap((candidate) => {
    const sources = identifyAll("source", candidates.source[candidate]);
    const targets = identifyAll("target", candidates.target[candidate]);
    return sources.flatMap((source) =>
      targets.map((target) => ({
        source,
        score: values[candidate],
        correct: gold.has(`${source}\t${target}`),
      })),
    );
  });
}
