import { join } from "node:path";
import { ENCODER_FACTS, EVALUATION, FOLDERS, STAGES, STATS } from "../../../steps/runs/loop-names.js";
import { textOutline, vectorsOutline } from "../../../steps/texts/side-outlines.js";
import { type StageOutline, withOrigins } from "../../../store/run/outline.js";
import type { Plan } from "../plan.js";

/** A stage whose files lie in a folder of the run's. */
export interface PlacedOutline extends StageOutline {
  folder: string;
}

/** All stages of a loop, before they run. */
export interface LoopStages {
  /** By the numbers of the texts. */
  texts: readonly PlacedOutline[];
  start: StageOutline;
  /** `ngram`, where it mines the first round in place of another start. */
  first: StageOutline;
  /** The start, trained on the user's pairs; of a loop without any it is never made. */
  seeded: StageOutline;
  /** The start's vectors of each text, where they serve every round. */
  vectors: readonly PlacedOutline[];
  /** By their numbers; those before the first are of a loop that this one continues. */
  rounds: readonly RoundStages[];
  /** What one of the rounds found; its key says which, and no other round makes it outdated. */
  result: StageOutline;
}

export interface RoundStages {
  /** By the numbers of the texts. */
  vectors: readonly PlacedOutline[];
  /** By the numbers of the pairs of languages. */
  candidates: readonly PlacedOutline[];
  evaluation: StageOutline;
  pairs: StageOutline;
  encoder: StageOutline;
}

/**
 * Lays out the stages of a loop.
 *
 * @param first the first round that mines these texts; those before stay as they are
 */
export function layOut(plan: Plan, first: number, last: number): LoopStages {
  const texts = plan.texts.map(({ name }) =>
    place(textOutline(name), { name: STAGES.text(name), folder: FOLDERS.texts, from: [] }),
  );
  const start: StageOutline = { name: STAGES.start, files: [FOLDERS.start], from: texts };
  const own: StageOutline = { name: STAGES.first, files: [FOLDERS.first], from: texts };
  const seeded: StageOutline = { name: STAGES.seeded, files: [FOLDERS.seeded], from: [start] };
  const vectors = plan.texts.map(({ name }, text) =>
    place(vectorsOutline(name), {
      name: STAGES.keptVectors(name),
      folder: FOLDERS.keptVectors,
      from: [texts[text], start],
    }),
  );
  const rounds: RoundStages[] = [];
  for (let round = 0; round <= last; round++) {
    const encoders = round > first ? [rounds[round - 1].encoder] : [seeded, own];
    const made = layOutRound(plan, round, { texts, start, encoders });
    rounds.push(round < first ? asTheyAre(made) : made);
  }
  const result = {
    name: STAGES.result,
    files: [FOLDERS.encoder, FOLDERS.pairs],
    from: [],
  };
  return { texts, start, first: own, seeded, vectors, rounds, result };
}

/** The stage that the last round ends with, and everything upstream of it. */
export function wayToLast({ rounds }: LoopStages): StageOutline[] {
  return withOrigins([rounds[rounds.length - 1].pairs]);
}

/** @param encoders those of which one mines the round */
function layOutRound(
  plan: Plan,
  round: number,
  { texts, start, encoders }: Pick<LoopStages, "texts" | "start"> & { encoders: readonly StageOutline[] },
): RoundStages {
  const folder = FOLDERS.round(round);
  const candidates = plan.pairs.map(({ name, source, target }): PlacedOutline => {
    const own = FOLDERS.candidates(round, name);
    const from = [texts[source], texts[target], ...encoders];
    return { name: STAGES.candidates(round, name), folder: own, files: [own], from };
  });
  const evaluation = { name: STAGES.evaluation(round), files: [join(folder, EVALUATION)], from: encoders };
  const pairs = {
    name: STAGES.pairs(round),
    files: [join(folder, FOLDERS.pairs), join(folder, STATS)],
    from: [...candidates, evaluation],
  };
  return {
    vectors: plan.texts.map(({ name }, text) =>
      place(vectorsOutline(name), {
        name: STAGES.vectors(round, name),
        folder: FOLDERS.vectors(round),
        from: [texts[text], ...encoders],
      }),
    ),
    candidates,
    evaluation,
    pairs,
    encoder: {
      name: STAGES.encoder(round),
      files: [FOLDERS.encoderOf(round), FOLDERS.training(round), join(folder, ENCODER_FACTS)],
      spare: [FOLDERS.encoderOf(round), FOLDERS.training(round)],
      from: [pairs, start],
    },
  };
}

/** A round of a loop before, which stays as it is whatever becomes of texts and start. */
function asTheyAre({ pairs, encoder, evaluation, ...others }: RoundStages): RoundStages {
  const from: StageOutline[] = [];
  return {
    ...others,
    pairs: { ...pairs, from },
    encoder: { ...encoder, from },
    evaluation: { ...evaluation, from },
  };
}

/** A side's stage under another name, its files in a folder. */
function place({ files }: StageOutline, placed: Omit<PlacedOutline, "files">): PlacedOutline {
  return { ...placed, files: files.map((file) => join(placed.folder, file)) };
}
