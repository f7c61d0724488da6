import type { Side } from "../../steps/texts/side.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { LoopGold } from "./begin/gold.js";
import type { SeedPairs } from "./begin/seed-pairs.js";
import type { TatoebaSet } from "./begin/tatoeba-set.js";
import type { LoopStages } from "./folder/stages.js";
import type { KnownEncoder } from "./known-encoder.js";
import type { SettledCriss } from "./options.js";
import type { Plan } from "./plan.js";
import type { TaughtPairs, TextPairs } from "./rounds/text-pairs.js";
import type { TrainedEncoder, Trainer } from "./trainers/trainer.js";

/** What stays the same in all rounds. */
export interface Loop {
  options: SettledCriss;
  plan: Plan;
  run: RunFolder;
  stages: LoopStages;
  texts: readonly Side[];
  /** What every round trains anew. */
  start: KnownEncoder;
  trainer: Trainer;
  /** The user's own pairs, of each pair of languages. */
  seeds: readonly (SeedPairs | undefined)[];
  /** What the rounds are measured by: of each pair of languages, and of all. */
  gold: readonly (LoopGold | undefined)[];
  tatoeba?: TatoebaSet;
  /** Its first round and its last; those before the first are of a loop that this one continues. */
  first: number;
  last: number;
}

/** A loop whose texts are read, and nothing more. */
export type ReadLoop = Pick<Loop, "options" | "plan" | "run" | "stages" | "texts" | "trainer" | "seeds">;

/** A round, and the encoder that mines it. */
export interface Round {
  number: number;
  encoder: KnownEncoder & Pick<TrainedEncoder, "learned" | "figures">;
  /** The encoder's name, where it mines the first round in place of the start. */
  minedBy?: string;
  /** What the round before found; none of the first. */
  before?: RoundBefore;
}

/** Of each pair of languages what the round before found. Memory: 8 bytes a pair of
 * sentences, and 12 more of those to train on. */
export type RoundBefore = readonly {
  mutual: TextPairs;
  /** What was held out of the training of this round's encoder. */
  heldOut: TextPairs;
  /** What it was trained on. */
  taught: TaughtPairs;
}[];
