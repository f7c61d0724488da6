import { lettersOf } from "../../../text/copy-key.js";
import type { Candidates } from "../../../types/neighbours.js";
import type { Texts } from "../../../types/texts.js";

/**
 * The pairs of a round that can teach something: no hubs (Radovanović et al. 2010, by k-occurrence), and no pairs whose
 * sides differ only in digits and signs, which any encoder finds.
 */
export function teachable(
  pairs: Uint32Array,
  candidates: Candidates,
  { source: sources, target: targets, hubLimit }: { source: Texts; target: Texts; hubLimit: number },
): Uint32Array {
  const isHub = findHubs(candidates, hubLimit);
  return pairs.filter((candidate) => {
    if (isHub(candidate)) return false;
    const [source, target] = [candidates.source[candidate], candidates.target[candidate]];
    const letters = lettersOf(sources.get(source));
    return letters !== "" && letters !== lettersOf(targets.get(target));
  });
}

/** Tells whether a candidate has a sentence that is among the nearest of too many. */
function findHubs(
  { source, target, forwardRank, backwardRank }: Candidates,
  limit: number,
): (candidate: number) => boolean {
  const sources = countOccurrences(source, backwardRank);
  const targets = countOccurrences(target, forwardRank);
  return (candidate) => sources[source[candidate]] > limit || targets[target[candidate]] > limit;
}

/** How many sentences of the other side have each sentence among their nearest. */
function countOccurrences(sentences: Uint32Array, ranks: Uint16Array): Uint32Array {
  const counts = new Uint32Array(sentences.reduce((most, sentence) => Math.max(most, sentence), 0) + 1);
  for (const [candidate, sentence] of sentences.entries()) if (ranks[candidate] > 0) counts[sentence]++;
  return counts;
}
