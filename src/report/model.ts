import type { EstimatedPoint } from "../types/estimate.js";
import type { SideName } from "../types/texts.js";

/** All that a report shows, as plain JSON. */
export interface ReportModel {
  /** One for each input, and for each pair of languages of a loop. */
  parts: ReportPart[];
}

/** What a part of a report is about. */
export type PartKind = "run" | "bitext" | "filter" | "loop" | "extract";

/** What there is to see of one input; what does not apply to it, or is not known of it, is absent. */
export interface ReportPart {
  /** What the input is. */
  kind: PartKind;
  /** What messages call the input. */
  name: string;
  /** How it was made, such as with which encoder. */
  facts: Fact[];
  /** What is missing from it, in sentences. */
  notes: string[];
  /** How scores are distributed, and what each threshold would keep. */
  scores?: ScoreCurve;
  /** What is right at each threshold, as far as that can be told without gold. */
  estimate?: readonly EstimatedPoint[];
  /** Pairs to look at, by their score. */
  bands?: ScoreBand[];
  /** What is not among the pairs, and why. */
  leftOut?: Counted[];
  /** How many characters the sides of a pair have. */
  lengths?: LengthGrid;
  /** The languages of pairs that were looked at. */
  languages?: PairLanguages;
  /** Of each side the sentences that are the neighbour of most others. */
  hubs?: Record<SideName, RepeatedText[]>;
  /** What stands there more than once. */
  duplicates?: Duplicates;
  /** The hosts that give most pairs. */
  hosts?: Hosts;
  /** What the rules of a filter rejected. */
  rules?: RuleShare[];
  /** The rounds of a loop. */
  rounds?: RoundCurve[];
  /** Which pairs came and went beside another bitext, or another round. */
  changes?: Change[];
}

/** A name and what is known under it. */
export interface Fact {
  /** Such as "encoder". */
  name: string;
  /** Its value, for people. */
  value: string;
}

/** So many of a kind. */
export interface Counted {
  /** What was counted. */
  what: string;
  /** How many there are. */
  count: number;
}

/** How scores are distributed, and what is kept at every threshold that is looked at. */
export interface ScoreCurve {
  /** Ascending, round numbers: the first keeps every pair, the last at least one. */
  thresholds: number[];
  /** Decimals of a threshold. */
  decimals: number;
  /** By threshold: pairs whose score reaches it. */
  pairs: number[];
  /** By threshold: the words of these pairs on each side. */
  words: Record<SideName, number[]>;
  /** Where scores begin and end that are not far from all others: what is drawn. */
  range: readonly [low: number, high: number];
  /** Places in `thresholds` where the bars of a histogram begin, ascending. */
  bars: number[];
  /** Below which pairs were left out when they were mined; absent if none were. */
  threshold?: number;
  /** The command that chooses these pairs, to which a threshold can be added. */
  command?: string;
}

/** Pairs whose scores lie next to each other. */
export interface ScoreBand {
  /** The lowest score that belongs to it; the first band has what is lower, too. */
  from: number;
  /** Below which its scores are; the last band has what is higher, too. */
  to: number;
  /** Pairs of the band. */
  pairs: number;
  /** Those of them that were drawn, the highest score first. */
  shown: ShownPair[];
}

/** A pair to look at. */
export interface ShownPair {
  /** Absent where the input gives none. */
  score?: number;
  /** The cosine of its vectors. */
  cosine?: number;
  /** Rank of the target among the source's neighbours, from 1; 0 if it is none of them. */
  forwardRank?: number;
  /** Rank of the source among the target's neighbours, from 1; 0 if it is none of them. */
  backwardRank?: number;
  /** The source. */
  source: ShownSide;
  /** The target. */
  target: ShownSide;
}

/** A side of a pair to look at. */
export interface ShownSide {
  /** Its text. */
  text: string;
  /** Its place in the input, from 1. */
  line?: number;
  /** The page that it comes from. */
  address?: string;
  /** Its second choice: the sentence of the other side that it would take next. */
  rival?: Rival;
}

/** What a sentence would be paired with next. */
export interface Rival {
  /** The other side's sentence. */
  text: string;
  /** Its score. */
  score: number;
  /** Its cosine. */
  cosine: number;
}

/** How often pairs have so many characters on each side. */
export interface LengthGrid {
  /** Where a cell begins that has the number n, in characters, ascending. */
  edges: number[];
  /** Cells that have pairs, by the numbers of their source's and target's length. */
  cells: {
    /** The number of the source's length. */
    source: number;
    /** The number of the target's length. */
    target: number;
    /** Pairs. */
    pairs: number;
  }[];
}

/** Which languages pairs are in. */
export interface PairLanguages {
  /** How many pairs were looked at. */
  of: number;
  /** By the languages of both sides, most first. */
  counts: {
    /** The source's language; und where none can be told. */
    source: string;
    /** The target's language. */
    target: string;
    /** Pairs. */
    pairs: number;
  }[];
}

/** A text and how often it stands there, or is a neighbour. */
export interface RepeatedText {
  /** The text. */
  text: string;
  /** How often. */
  times: number;
}

/** What stands there more than once. */
export interface Duplicates {
  /** How many of which kind. */
  counts: Counted[];
  /** Of each side the texts that stand there most often. */
  repeated: Record<SideName, RepeatedText[]>;
}

/** The hosts that pairs come from. */
export interface Hosts {
  /** Pairs of which both addresses are known. */
  of: number;
  /** Different pairs of hosts. */
  distinct: number;
  /** Those that give most pairs, most first. */
  counts: {
    /** The source's host. */
    source: string;
    /** The target's host. */
    target: string;
    /** Pairs. */
    pairs: number;
  }[];
}

/** What one rule of a filter rejected. */
export interface RuleShare {
  /** The rule's name. */
  rule: string;
  /** Pairs that it rejected of those that the rules before it had kept. */
  rejected: number;
  /** Some of them. */
  examples: {
    /** The place in the file of rejected pairs, from 1. */
    line: number;
    /** Why it was rejected. */
    reason: string;
    /** The source's text. */
    source: string;
    /** The target's text. */
    target: string;
  }[];
}

/** The figures of a pair of languages over the rounds of a loop. */
export interface RoundCurve {
  /** The pair of languages, or what else was measured. */
  name: string;
  /** Of each round, by the figure's name. */
  rounds: {
    /** From 0. */
    round: number;
    /** Shares are between 0 and 1. */
    figures: Record<string, number>;
  }[];
}

/** Which pairs came, and which went. */
export interface Change {
  /** What was compared with what. */
  name: string;
  /** Distinct pairs that both have. */
  kept: number;
  /** Those that only the later one has. */
  came: number;
  /** Those that only the earlier one has. */
  went: number;
  /** Some of each. */
  examples: Record<"came" | "went", ChangedPair[]>;
}

/** A pair that came or went. */
export interface ChangedPair {
  /** Its score, where it has one. */
  score?: number;
  /** The source's text. */
  source: string;
  /** The target's text. */
  target: string;
}
