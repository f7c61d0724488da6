import { type Candidates, NO_NEIGHBOUR } from "../../../types/neighbours.js";
import type { TextPairs } from "../rounds/text-pairs.js";

/**
 * A hard negative's cosine is at most this share of the pair's own: a nearer text may be another translation (Moreira
 * et al. 2024, NV-Retriever, top-k with percentage to positive threshold).
 */
const MOST_OF_OWN = 0.95;

/** For each pair so many texts of that side; `NO_NEIGHBOUR` where it has fewer. */
export interface HardNegatives {
  source: Uint32Array;
  target: Uint32Array;
}

/** The texts nearest to each pair's other text that are not its translation: the best `count` of its k neighbours. */
export function chooseHardNegatives(
  candidates: Candidates,
  { sources, targets }: TextPairs,
  count: number,
): HardNegatives {
  const { source, target, cosine, forwardRank, backwardRank, sourceRows, targetRows } = candidates;
  const [bySource, byTarget] = [number(sources, sourceRows), number(targets, targetRows)];
  const own = new Float32Array(sources.length);
  for (let i = 0; i < candidates.length; i++)
    if (bySource[source[i]] !== NO_PAIR && bySource[source[i]] === byTarget[target[i]])
      own[bySource[source[i]]] = cosine[i];
  const found = { source: new Ranked(own, count), target: new Ranked(own, count) };
  for (let i = 0; i < candidates.length; i++) {
    const [asking, asked] = [bySource[source[i]], byTarget[target[i]]];
    if (asking === asked) continue;
    if (forwardRank[i] > 0) found.target.offer(asking, target[i], cosine[i]);
    if (backwardRank[i] > 0) found.source.offer(asked, source[i], cosine[i]);
  }
  return { source: found.source.rows, target: found.target.rows };
}

const NO_PAIR = -1;

/** The pair of each text; a text is in one pair at most. */
function number(texts: Uint32Array, rows: number): Int32Array {
  const pairs = new Int32Array(rows).fill(NO_PAIR);
  for (const [pair, text] of texts.entries()) pairs[text] = pair;
  return pairs;
}

/** The nearest of the texts that were offered for each pair; of equal ones the first. */
class Ranked {
  readonly rows: Uint32Array;
  private readonly cosines: Float32Array;

  constructor(
    private readonly own: Float32Array,
    private readonly count: number,
  ) {
    this.rows = new Uint32Array(own.length * count).fill(NO_NEIGHBOUR);
    this.cosines = new Float32Array(own.length * count).fill(Number.NEGATIVE_INFINITY);
  }

  offer(pair: number, text: number, cosine: number): void {
    if (pair === NO_PAIR || cosine > MOST_OF_OWN * this.own[pair]) return;
    const first = pair * this.count;
    let place = first + this.count;
    while (place > first && cosine > this.cosines[place - 1]) place--;
    if (place === first + this.count) return;
    this.rows.copyWithin(place + 1, place, first + this.count - 1);
    this.cosines.copyWithin(place + 1, place, first + this.count - 1);
    this.rows[place] = text;
    this.cosines[place] = cosine;
  }
}
