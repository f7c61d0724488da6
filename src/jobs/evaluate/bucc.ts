import { dirname } from "node:path";
import { refuseUnknown } from "../../check-options.js";
import { checkSelection } from "../../select/select.js";
import { sum } from "../../statistics/sum.js";
import { settleFind } from "../../steps/neighbours/find-options.js";
import { checkRunName } from "../../steps/runs/run.js";
import {
  BUCC_OPTIONS,
  type BuccOptions,
  checkGivenVectors,
  checkRun,
  checkTasks,
  hasVectors,
} from "./bucc-options.js";
import { evaluateTask, type TaskResult } from "./bucc-task.js";
import type { GoldTask } from "./bucc-tasks.js";
import { type EvaluatedEncoders, openEncoders, promptOf, refuseLanguages } from "./open-encoders.js";
import type { Choice } from "./predict-ids.js";
import { figuresOf, meanFigure } from "./rate.js";
import type { Report } from "./report.js";

/**
 * Precision, recall and F1 of mined id pairs against gold pairs (the BUCC shared task's measure), at the best threshold,
 * and at a given one or one tuned on another split. Inputs are `id⇥sentence` unless `read` says otherwise; where they
 * have no identifiers, line numbers serve. A row a task, margin and retrieval, then means over the tasks.
 *
 * @param tasks with their texts, unless `run` is the folder of one that has been mined
 */
export async function evaluateBucc(tasks: readonly GoldTask[], options: BuccOptions = {}): Promise<Report> {
  refuseUnknown("evaluateBucc", options, BUCC_OPTIONS);
  const { onEvent = () => {} } = options;
  checkTasks(tasks, options);
  checkRun(tasks, options);
  checkGivenVectors(tasks, options);
  settleFind(options);
  checkSelection(options);
  checkRunName(options.run);
  const named = tasks.find(({ languages }) => languages !== undefined);
  if (named) refuseLanguages(dirname(named.gold), options);
  const choices = choicesOf(options);
  const needsEncoder = options.run === undefined && !hasVectors(options);
  await using encoders = needsEncoder ? await openEncoders(options) : undefined;
  const { encoder, other }: Partial<EvaluatedEncoders> = encoders ?? {};
  const results: TaskResult[] = [];
  for (const [done, task] of tasks.entries()) {
    onEvent({ kind: "progress", stage: "bucc", done, total: tasks.length, unit: "tasks" });
    const tuneOn = [options.tuneOn ?? []].flat()[done];
    results.push(await evaluateTask({ ...task, tuneOn }, choices, { encoder, other }, options));
  }
  const rows = results.flatMap(({ name, figures }) =>
    figures.map((row, i) => ({
      name: choices.length > 1 ? `${name} ${nameOfChoice(choices[i])}` : name,
      figures: figuresOf(row),
    })),
  );
  const splits = [...new Set(tasks.flatMap(({ split }) => split ?? []))];
  const conditions = {
    metric: "bucc-f1",
    ...(splits.length > 0 && { split: splits.join(", ") }),
    encoder: results[0].space,
    ...promptOf(encoder),
    ...(other && { against: other.space }),
    choices: choices.map(nameOfChoice).join(", "),
    k: results[0].k,
    centre: results[0].centre,
    ...(results[0].otherCentre !== results[0].centre && { "against centre": results[0].otherCentre }),
    sentences: sum(results.map(({ sentences }) => sentences)),
    gold: sum(results.map(({ gold }) => gold)),
  };
  const means = tasks.length > 1 ? choices.map((choice, i) => meanRow(results, choice, i)) : [];
  return { columns: Object.keys(rows[0].figures), rows: [...rows, ...means], conditions };
}

/** @throws OptionError if a second choice is asked for, but nothing that has one */
function choicesOf({ margins = ["ratio"], retrievals = ["max"], secondChoice }: BuccOptions): Choice[] {
  if (!retrievals.includes("max")) checkSelection({ retrieval: retrievals[0], secondChoice });
  return margins.flatMap((margin) =>
    retrievals.map((retrieval) => ({ margin, retrieval, secondChoice: secondChoice && retrieval === "max" })),
  );
}

const nameOfChoice = ({ margin, retrieval }: Choice) => `${margin} ${retrieval}`;

function meanRow(results: readonly TaskResult[], choice: Choice, i: number): Report["rows"][number] {
  const columns = Object.keys(results[0].figures[i]).filter((column) => !column.endsWith("threshold"));
  const figures = columns.map((column) => [
    column,
    meanFigure(
      results.map((result) => result.figures[i][column]),
      [...results.keys()],
    ),
  ]);
  return { name: `mean of ${results.length}, ${nameOfChoice(choice)}`, figures: Object.fromEntries(figures) };
}
