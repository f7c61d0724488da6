import { OptionError } from "../../errors.js";
import { pairedBootstrap } from "../../evaluate/bootstrap.js";
import { buccAt } from "../../evaluate/bucc.js";
import { alignUnits, bestUnits, type IdPrediction } from "../../evaluate/id-predictions.js";
import { checkSelection } from "../../select/select.js";
import { type FindOptions, findCandidates, type SidesFound } from "../../steps/neighbours/find.js";
import { checkMineOptions } from "../../steps/pairs/check-options.js";
import { type LoadedRun, loadRun } from "../../steps/runs/load-run.js";
import { READING } from "../../steps/texts/check-reading.js";
import type { Encoder, Margin, Retrieval } from "../../types.js";
import type { BuccTask } from "./bucc-tasks.js";
import { checkGold, type GoldPairs, readGold } from "./gold.js";
import { type ComparedOptions, type EvaluatedEncoders, openEncoders, promptOf } from "./open-encoders.js";
import { type Choice, predictIds } from "./predict-ids.js";
import { figureOf, meanFigure } from "./rate.js";
import type { Figure, Report } from "./report.js";

export interface BuccOptions extends ComparedOptions, Omit<FindOptions, "encoder"> {
  /** Margins to compare. @default ["ratio"] */
  margins?: readonly Margin[];
  /** Retrievals to compare. @default ["max"] */
  retrievals?: readonly Retrieval[];
  secondChoice?: boolean;
  /** Also give the figures at this threshold. */
  threshold?: number;
  /** Also give the figures at the best threshold of this other split. */
  tuneOn?: BuccTask;
  /** A run folder of the task, in place of an encoder. */
  run?: string;
}

/**
 * Precision, recall and F1 of mined id pairs against gold pairs (the BUCC shared task's measure), at the best threshold,
 * and at a given one or one tuned on another split. Inputs are `id⇥sentence` unless `read` says otherwise; where they
 * have no identifiers, line numbers serve. A row a task, margin and retrieval, then means over the tasks.
 */
export async function evaluateBucc(tasks: readonly BuccTask[], options: BuccOptions = {}): Promise<Report> {
  const { onEvent = () => {} } = options;
  checkRun(tasks, options);
  checkMineOptions(options);
  const choices = choicesOf(options);
  const encoders: Partial<EvaluatedEncoders> = options.run === undefined ? await openEncoders(options) : {};
  const { encoder, other } = encoders;
  const results: TaskResult[] = [];
  try {
    for (const [done, task] of tasks.entries()) {
      onEvent({ kind: "progress", stage: "bucc", done, total: tasks.length, unit: "tasks" });
      results.push(await evaluateTask(task, choices, options, encoder, other));
    }
  } finally {
    await encoders.close?.();
  }
  const rows = results.flatMap(({ name, figures }) =>
    figures.map((row, i) => ({
      name: choices.length > 1 ? `${name} ${nameOf(choices[i])}` : name,
      figures: row,
    })),
  );
  const conditions = {
    metric: "bucc-f1",
    encoder: results[0].space,
    ...promptOf(encoder),
    ...(other && { against: other.space }),
    choices: choices.map(nameOf).join(", "),
    k: results[0].k,
    centre: results[0].centre,
    ...(results[0].otherCentre !== results[0].centre && { "against centre": results[0].otherCentre }),
    sentences: sum(results.map(({ sentences }) => sentences)),
    gold: sum(results.map(({ gold }) => gold)),
  };
  const means = tasks.length > 1 ? choices.map((choice, i) => meanRow(results, choice, i)) : [];
  return { columns: Object.keys(rows[0].figures), rows: [...rows, ...means], conditions };
}

interface TaskResult {
  name: string;
  /** One a choice. */
  figures: Record<string, Figure>[];
  space: string;
  sentences: number;
  gold: number;
  k: number;
  centre: boolean;
  /** Of the encoder that it is compared with. */
  otherCentre: boolean;
}

async function evaluateTask(
  task: BuccTask,
  choices: readonly Choice[],
  options: BuccOptions,
  encoder: Encoder | undefined,
  other: Encoder | undefined,
): Promise<TaskResult> {
  const { tuneOn } = options;
  const gold = await readGold(task.gold);
  const ours = await findTask(task, gold, options, encoder);
  const theirs = other && (await findTask(task, gold, options, other));
  const tuningGold = tuneOn && (await readGold(tuneOn.gold));
  const tuning = tuneOn && (await findTask(tuneOn, tuningGold!, { ...options, run: undefined }, encoder));
  const figures = choices.map((choice) => {
    const predictions = predictIds(ours, gold, choice);
    return {
      ...figuresAtBest(predictions, gold, options.confidence),
      ...(options.threshold !== undefined && figuresAt(predictions, gold, options.threshold, "given")),
      ...(tuning &&
        figuresAt(
          predictions,
          gold,
          bestUnits(predictIds(tuning, tuningGold!, choice), tuningGold!).best.threshold ??
            Number.POSITIVE_INFINITY,
          "tuned",
        )),
      ...(theirs && { "F1 gained": gain(predictions, predictIds(theirs, gold, choice), gold) }),
    };
  });
  const { source, target } = ours.sides;
  return {
    name: task.name,
    figures,
    space: ours.found.facts.space,
    sentences: source.counts.lines + target.counts.lines,
    gold: gold.size,
    ...ours.searched,
    otherCentre: (theirs ?? ours).searched.centre,
  };
}

async function findTask(
  { source, target, gold: goldPath }: BuccTask,
  gold: GoldPairs,
  { run, read, readTarget = read, ...options }: BuccOptions,
  encoder: Encoder | undefined,
): Promise<SidesFound & Partial<LoadedRun>> {
  const found = run
    ? await loadRun(run)
    : await findCandidates(source, target, {
        ...options,
        encoder,
        read: { ...read, format: read?.format ?? "bucc" },
        readTarget: { ...readTarget, format: readTarget?.format ?? "bucc" },
      });
  checkGold(gold, goldPath, found.sides);
  return found;
}

function figuresAtBest(
  predictions: IdPrediction[],
  gold: GoldPairs,
  confidence?: boolean,
): Record<string, Figure> {
  const { best, units } = bestUnits(predictions, gold);
  return {
    "best F1": { ...figureOf([...units.values()], confidence), value: best.f1 },
    precision: { value: best.precision },
    recall: { value: best.recall },
    ...(best.threshold !== undefined && { threshold: { value: best.threshold } }),
  };
}

function figuresAt(
  predictions: IdPrediction[],
  gold: GoldPairs,
  threshold: number,
  which: string,
): Record<string, Figure> {
  const { f1, precision, recall } = buccAt(predictions, gold.size, threshold);
  return {
    [`F1 at ${which}`]: { value: f1 },
    [`precision at ${which}`]: { value: precision },
    [`recall at ${which}`]: { value: recall },
    [`${which} threshold`]: { value: threshold },
  };
}

/** How much higher our best F1 is, each side at its own best threshold, with a paired interval. */
function gain(ours: IdPrediction[], theirs: IdPrediction[], gold: GoldPairs): Figure {
  const [a, b] = [bestUnits(ours, gold), bestUnits(theirs, gold)];
  const units = alignUnits(a.units, b.units);
  return { value: a.best.f1 - b.best.f1, interval: pairedBootstrap(units.ours, units.theirs) };
}

/** @throws OptionError if a second choice is asked for, but nothing that has one */
function choicesOf({ margins = ["ratio"], retrievals = ["max"], secondChoice }: BuccOptions): Choice[] {
  if (!retrievals.includes("max")) checkSelection({ retrieval: retrievals[0], secondChoice });
  return margins.flatMap((margin) =>
    retrievals.map((retrieval) => ({ margin, retrieval, secondChoice: secondChoice && retrieval === "max" })),
  );
}

/** What says how texts are read, and how vectors are made and searched. */
const NOT_OF_A_RUN = [
  "minCharacters",
  "maxCharacters",
  "encoder",
  "variant",
  "revision",
  "dimensions",
  "blend",
  "prompt",
  "promptName",
  "targetPrompt",
  "targetPromptName",
  "seed",
  "cache",
  "centre",
  "k",
  "guard",
  "collapseNearDuplicates",
  "index",
  "searchType",
  "searchEffort",
  "indexType",
  "memory",
  "against",
  "againstVariant",
  "tuneOn",
] as const satisfies (keyof BuccOptions)[];

/** @throws OptionError if what is asked for is not of one task, or decided by the run folder */
function checkRun(tasks: readonly BuccTask[], options: BuccOptions): void {
  if (options.run === undefined) return;
  if (tasks.length !== 1)
    throw new OptionError("A run folder holds one task; name its source, target and gold.");
  const { read, readTarget } = options;
  const given = [
    ...READING.filter((name) => read?.[name] !== undefined || readTarget?.[name] !== undefined),
    ...NOT_OF_A_RUN.filter((name) => options[name] !== undefined),
  ];
  if (given.length === 0) return;
  throw new OptionError(
    `${given.join(", ")}: a run folder has its texts and their vectors already, and how they were searched. Leave it out, or the run.`,
  );
}

const nameOf = ({ margin, retrieval }: Choice) => `${margin} ${retrieval}`;

function meanRow(results: readonly TaskResult[], choice: Choice, i: number): Report["rows"][number] {
  const columns = Object.keys(results[0].figures[i]).filter((column) => !column.endsWith("threshold"));
  const figures = columns.map((column) => [
    column,
    meanFigure(results.map((result) => result.figures[i][column])),
  ]);
  return { name: `mean of ${results.length}, ${nameOf(choice)}`, figures: Object.fromEntries(figures) };
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
