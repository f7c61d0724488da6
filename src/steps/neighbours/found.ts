import type { Groups } from "../../store/corpus/group-files.js";
import type { Candidates } from "../../types/neighbours.js";
import type { SideName } from "../../types/texts.js";
import type { Sides } from "../texts/side.js";

/** What is told of a search. */
export interface SearchFacts {
  /** The encoder's space. */
  space: string;
  /** Whether each side's mean was subtracted. */
  centre: boolean;
  /** Pairs that the guard against copies kept out. */
  copies: number;
  /** Sentences of each side without any feature, or whose vector is not finite. */
  zeroVectors: Record<SideName, number>;
  /** Sentences of each side that another one stood for; absent where near-duplicates are not collapsed. */
  nearDuplicates?: Record<SideName, number>;
}

/** Every pair of which one sentence is among the nearest of the other. */
export interface Found {
  candidates: Candidates;
  facts: SearchFacts;
  /** Which sentences stand for which, where near-duplicates are collapsed. */
  groups?: Groups;
}

/** Both sides, and what was found between them. */
export interface SidesFound {
  sides: Sides;
  found: Found;
  /** How it was found. */
  searched: { k: number; centre: boolean };
}
