import { countBags } from "./bags.js";
import type { ShownGroup } from "./batch-step.js";
import { checkTraining } from "./check-training.js";
import { openContrastive } from "./contrastive.js";
import { findKnown, knowRows } from "./find-known.js";
import { holdOut } from "./held-out.js";
import { openLinearMap } from "./linear-map.js";
import {
  settle,
  type TrainedTable,
  type TrainingGroup,
  type TrainingSettings,
  type TrainTableOptions,
} from "./training.js";
import { TrainingRun } from "./training-run.js";
import { openValidator } from "./validate.js";

/**
 * Trains a whole static table on translation pairs: a text is the sum of its pieces' rows, brought to length 1, and
 * a pair's two texts shall be nearer to each other than to the other texts of their batch (`openContrastive`).
 *
 * With validation the table ends as it was at its best one, otherwise as it is after the last step; so too where
 * training is interrupted. Same table, groups and options give the same bytes. Memory: twice the table, and a
 * bit for each piece of the pairs where what is known of them is hidden.
 *
 * @param table rows × dimensions, row-major; changed in place
 * @throws OptionError before anything is changed
 * @throws DivergenceError if the loss is no longer a number; the table is then at its best, or, without validation, as it
 *   was at the last multiple of `validateEvery`
 */
export async function trainTable(
  table: Float32Array,
  dimensions: number,
  groups: readonly TrainingGroup[],
  options: TrainTableOptions,
): Promise<TrainedTable> {
  checkTraining(table, dimensions, groups, options);
  const settings = settle(options);
  const { scale, margin, threads, maxPieces, validation, seed, resume } = settings;
  const shown = await showGroups(table, dimensions, groups, settings);
  const splits = groups.map(({ source }, group) => holdOut(countBags(source), { validation, seed, group }));
  if (resume) table.set(resume.table);
  await using map = options.linearMap && (await openLinearMap(dimensions, { state: resume?.map, threads }));
  const heldOut = splits.map((split) => split.heldOut);
  await using validator = await openValidator({
    table,
    dimensions,
    map,
    maxPieces,
    groups,
    heldOut,
    threads,
  });
  await using contrastive = await openContrastive({ dimensions, scale, margin, threads });
  const setup = { table, dimensions, groups: shown, splits, map, validator, contrastive };
  return await new TrainingRun(setup, settings).finish();
}

/** What is known is known before training; a table that goes on from a checkpoint knows more. */
async function showGroups(
  table: Float32Array,
  dimensions: number,
  groups: readonly TrainingGroup[],
  { hideKnown: hiding, signal }: TrainingSettings,
): Promise<readonly ShownGroup[]> {
  if (!hiding || hiding.share === 0) return groups;
  const rows = knowRows(table, dimensions);
  const shown: ShownGroup[] = [];
  for (const group of groups)
    shown.push({ ...group, known: await findKnown(group, rows, { ...hiding, signal }) });
  return shown;
}
