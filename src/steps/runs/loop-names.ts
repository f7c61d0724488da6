import { join } from "node:path";

/** The names of the loop's stages in its manifest, and of their files in its folder. */
export const STAGES = {
  plan: "plan",
  start: "start",
  first: "first round's encoder",
  seeded: "start with seed pairs",
  result: "result",
  continued: "continued",
  finished: "finished",
  text: (text: string) => `text ${text}`,
  keptVectors: (text: string) => `vectors of ${text}`,
  vectors: (round: number, text: string) => `${roundPrefix(round)}vectors of ${text}`,
  candidates: (round: number, pair: string) => `${roundPrefix(round)}candidates of ${pair}`,
  pairs: (round: number) => `${roundPrefix(round)}pairs`,
  evaluation: (round: number) => `${roundPrefix(round)}evaluation`,
  encoder: (round: number) => `${roundPrefix(round)}encoder`,
} as const;

export const FOLDERS = {
  texts: "texts",
  start: "start",
  /** What mines the first round in place of the start. */
  first: "first",
  /** The start, trained on the user's pairs. */
  seeded: "seeded",
  /** Of the start, where its vectors serve every round. */
  keptVectors: "vectors",
  rounds: "rounds",
  encoder: "encoder",
  pairs: "pairs",
  round: (round: number) => join("rounds", String(round)),
  vectors: (round: number) => join("rounds", String(round), "vectors"),
  candidates: (round: number, pair: string) => join("rounds", String(round), "candidates", pair),
  /** What a trainer leaves beside its encoder. */
  training: (round: number) => join("rounds", String(round), "training"),
  encoderOf: (round: number) => join("rounds", String(round), "encoder"),
} as const;

export const STATS = "stats.json";
/** What a round's encoder reaches on the Tatoeba test set. */
export const EVALUATION = "tatoeba.json";
/** What a trainer tells of the encoder beside it. */
export const ENCODER_FACTS = "encoder.json";

const roundPrefix = (round: number) => `round ${round} `;
