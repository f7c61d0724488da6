/** How a cosine can be weighed against its neighbourhood. */
export const MARGINS = ["absolute", "distance", "ratio"] as const;

/** How a cosine is weighed against its neighbourhood (Artetxe & Schwenk 2019): not at all, by difference, by ratio. */
export type Margin = (typeof MARGINS)[number];

/** How pairs can be chosen among candidates. */
export const RETRIEVALS = ["forward", "backward", "max", "intersection", "union", "all"] as const;

/** How pairs are chosen among candidates; see `SelectOptions`. */
export type Retrieval = (typeof RETRIEVALS)[number];

/** A text of a pair, with every place where that text stands on its side. */
export interface PairSide {
  /** The text, as it stands first. */
  text: string;
  /** Every line on which it stands, from 1, ascending. */
  lines: number[];
  /** One a line, where the input gives identifiers. */
  ids: string[];
  /** Of each field that was asked for, one value a line. */
  fields?: Readonly<Record<string, string[]>>;
}

/** Two texts held to be translations of each other. */
export interface ScoredPair {
  /** The margin, or what a re-scorer gives; higher is better. */
  score: number;
  /** The margin, where a re-scorer gave the score. */
  margin?: number;
  /** Of the two vectors, centred if the search is. */
  cosine: number;
  /** The source's text and its places. */
  source: PairSide;
  /** The target's text and its places. */
  target: PairSide;
  /** Rank of the target among the source's nearest, from 1; 0 if it is not among the k nearest. */
  forwardRank: number;
  /** Rank of the source among the target's nearest, from 1; 0 if it is not among the k nearest. */
  backwardRank: number;
}
