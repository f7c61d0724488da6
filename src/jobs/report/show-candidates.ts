import type { Rival, ShownPair, ShownSide } from "../../report/model.js";
import type { ScoredCandidates } from "../../steps/pairs/decoys.js";
import type { Side, Sides } from "../../steps/texts/side.js";
import { type AddressOf, findAddresses } from "./address-of-sentence.js";
import { findRivals } from "./find-rivals.js";
import { shortened } from "./shortened.js";

/** Candidates as they are shown: with their ranks, the pages that they come from, and what each side would take next. */
export function showCandidates(
  { sides, candidates, scores }: ScoredCandidates & { sides: Sides },
  chosen: readonly number[],
): ShownPair[] {
  const rivals = findRivals({ candidates, scores }, chosen);
  const show = { source: showerOf(sides.source), target: showerOf(sides.target) };
  const rival = (side: Side, sentences: Uint32Array, candidate: number | undefined): Rival | undefined =>
    candidate === undefined
      ? undefined
      : {
          text: shortened(side.texts.get(sentences[candidate])),
          score: scores[candidate],
          cosine: candidates.cosine[candidate],
        };
  return chosen.map((candidate, i) => ({
    score: scores[candidate],
    cosine: candidates.cosine[candidate],
    forwardRank: candidates.forwardRank[candidate],
    backwardRank: candidates.backwardRank[candidate],
    source: {
      ...show.source(candidates.source[candidate]),
      rival: rival(sides.target, candidates.target, rivals[i].ofSource),
    },
    target: {
      ...show.target(candidates.target[candidate]),
      rival: rival(sides.source, candidates.source, rivals[i].ofTarget),
    },
  }));
}

function showerOf(side: Side): (sentence: number) => ShownSide {
  const addressOf: AddressOf = findAddresses(side) ?? (() => undefined);
  return (sentence) => ({
    text: shortened(side.texts.get(sentence)),
    line: side.places.firstLine(sentence),
    address: addressOf(sentence),
  });
}
