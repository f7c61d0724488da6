import { OptionError } from "../errors.js";
import { option, say } from "../wording.js";
import { type Bags, countBags } from "./bags.js";
import type { TrainingGroup, TrainTableOptions } from "./training.js";

/** All cosines of a group's held-out pairs are in memory at once. */
const MOST_HELD_OUT = 4096;

/** @throws OptionError about the first thing that cannot work */
export function checkTraining(
  table: Float32Array,
  dimensions: number,
  groups: readonly TrainingGroup[],
  options: TrainTableOptions,
): void {
  if (!Number.isInteger(dimensions) || dimensions < 1 || table.length % dimensions !== 0) {
    throw new OptionError(`A table of ${table.length} numbers has no rows of ${dimensions} dimensions.`);
  }
  for (const group of groups) checkGroup(group, table.length / dimensions);
  checkTrainingOptions(options);
  const { resume, linearMap } = options;
  if (resume && (resume.table.length !== table.length || !resume.map !== !linearMap)) {
    throw new OptionError("The checkpoint is of another table, or of other options.", {
      advice: "Train from the start.",
    });
  }
}

/** @throws OptionError about the first number that cannot work, whatever is trained on */
export function checkTrainingOptions(options: TrainTableOptions): void {
  for (const name of ["batch", "maxPieces", "validateEvery", "checkpointEvery", "patience"] as const) {
    wants(options, name, "a whole number from 1", (value) => Number.isInteger(value) && value >= 1);
  }
  wants(options, "steps", "a whole number from 0", (value) => Number.isInteger(value) && value >= 0);
  wants(
    options,
    "validation",
    `a whole number from 0 to ${MOST_HELD_OUT}`,
    (value) => Number.isInteger(value) && value >= 0 && value <= MOST_HELD_OUT,
  );
  wants(options, "scale", "a number above 0", (value) => value > 0 && Number.isFinite(value));
  wants(options, "margin", "a number", Number.isFinite);
  wants(options, "exponent", "a number", Number.isFinite);
  wants(options, "learningRate", "a number from 0", (value) => value >= 0 && Number.isFinite(value));
  wants(options, "pieceDropout", "a number from 0 to below 1", (value) => value >= 0 && value < 1);
}

function checkGroup({ name, source, target }: TrainingGroup, rows: number): void {
  if (countBags(source) !== countBags(target)) {
    throw new OptionError(
      `${name}: ${countBags(source)} sources cannot be paired with ${countBags(target)} targets.`,
    );
  }
  for (const bags of [source, target]) {
    const piece = strangePiece(bags, rows);
    if (piece !== undefined) {
      throw new OptionError(`${name}: has a piece ${piece}, but the table has ${rows} rows.`);
    }
  }
}

function strangePiece({ pieces }: Bags, rows: number): number | undefined {
  return pieces.find((piece) => piece < 0 || piece >= rows);
}

type NumberName =
  | "steps"
  | "batch"
  | "maxPieces"
  | "validation"
  | "validateEvery"
  | "checkpointEvery"
  | "patience"
  | "learningRate"
  | "pieceDropout"
  | "scale"
  | "margin"
  | "exponent";

function wants(
  options: TrainTableOptions,
  name: NumberName,
  what: string,
  accepts: (value: number) => boolean,
): void {
  const value = options[name];
  if (value !== undefined && !accepts(value)) {
    throw new OptionError(say`${option(name)} is ${value}; expected ${what}.`);
  }
}
