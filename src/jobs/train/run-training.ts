import type { OpenTable } from "../../embed/static/open-table.js";
import type { JobEvent } from "../../events.js";
import { trainTable } from "../../train/train-table.js";
import type { TrainedTable } from "../../train/training.js";
import type { TrainingChoices } from "./choices.js";
import { trainingListeners } from "./listeners.js";
import { mineHardNegatives } from "./mine-hard-negatives.js";
import type { TrainingPairs } from "./pairs.js";
import type { TrainingPlace } from "./training-place.js";

/** All that a table is trained with. */
export interface Training {
  table: OpenTable;
  pairs: TrainingPairs;
  choices: TrainingChoices;
  /** Where checkpoints are kept. */
  place: TrainingPlace;
}

/** Trains from the start, or goes on where an interrupted run had come to. */
export async function runTraining(
  { table, pairs: { groups }, choices, place }: Training,
  {
    signal,
    threads,
    onEvent = () => {},
  }: {
    signal?: AbortSignal;
    threads?: number;
    onEvent?: (event: JobEvent) => void;
  },
): Promise<{ trained: TrainedTable; resumedAt: number }> {
  const { values, dimensions } = table;
  const { hardNegatives: count, ...numbers } = choices;
  const search = { count, maxPieces: choices.maxPieces, threads, signal, onEvent };
  const hardNegatives = count > 0 ? await mineHardNegatives(values, dimensions, groups, search) : undefined;
  const resume = await place.resume();
  const trained = await trainTable(values, dimensions, groups, {
    ...numbers,
    ...trainingListeners(onEvent),
    hardNegatives,
    threads,
    signal,
    resume,
    onCheckpoint: (checkpoint) => place.keep(checkpoint),
  });
  return { trained, resumedAt: resume?.step ?? 0 };
}
