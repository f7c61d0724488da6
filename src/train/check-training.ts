import { checkNumbers, checkPositive, checkWhole } from "../check-values.js";
import { OptionError } from "../errors.js";
import { countBags, type StoredBags } from "./bags.js";
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
  const { batch, maxPieces, validateEvery, checkpointEvery, patience, steps, validation } = options;
  checkWhole({ batch, maxPieces, validateEvery, checkpointEvery, patience });
  checkWhole({ steps }, { least: 0 });
  checkWhole({ validation }, { least: 0, most: MOST_HELD_OUT });
  const { scale, margin, exponent, learningRate, pieceDropout } = options;
  checkPositive({ scale });
  checkNumbers({ margin, exponent }, "a number", Number.isFinite);
  checkNumbers({ learningRate }, "a number from 0", (value) => value >= 0 && Number.isFinite(value));
  checkNumbers({ pieceDropout }, "a number from 0 to below 1", (value) => value >= 0 && value < 1);
  const { share, similarity } = options.hideKnown ?? {};
  checkNumbers({ hideKnown: share }, "a share from 0 to 1", (value) => value >= 0 && value <= 1);
  checkNumbers({ knownSimilarity: similarity }, "a cosine from −1 to 1", (value) => Math.abs(value) <= 1);
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

function strangePiece(bags: StoredBags, rows: number): number | undefined {
  const isStrange = (piece: number) => piece < 0 || piece >= rows;
  if ("pieces" in bags) return bags.pieces.find(isStrange);
  const { least, most } = bags.range;
  // Without any piece, these are no numbers of pieces.
  return [least, most].find((piece) => Number.isFinite(piece) && isStrange(piece));
}
