import { bestCounts } from "../../evaluate/id-predictions.js";
import { type FindSettings, settleFind } from "../../steps/neighbours/find-options.js";
import type { SidesFound } from "../../steps/neighbours/found.js";
import { embedAndSearch } from "../../steps/neighbours/search-sides.js";
import { loadRun } from "../../steps/runs/load-run.js";
import { memoryRun } from "../../steps/runs/run.js";
import { openSources } from "../../steps/texts/open-sources.js";
import { refuseEmpty } from "../../steps/texts/side.js";
import { readSides } from "../../steps/texts/sides.js";
import { afterOpening } from "../../steps/vectors/refuse-opening.js";
import { nameSources } from "../../steps/vectors/vector-sources.js";
import type { Encoder } from "../../types/encoder.js";
import { figuresAt, figuresAtBest, gain } from "./bucc-figures.js";
import type { BuccOptions } from "./bucc-options.js";
import type { BuccTask, GoldTask } from "./bucc-tasks.js";
import { checkGold, type GoldPairs, readGold } from "./gold.js";
import type { EvaluatedEncoders } from "./open-encoders.js";
import { type Choice, predictIds } from "./predict-ids.js";
import type { Measured } from "./rate.js";

/** The figures of one task. */
export interface TaskResult {
  name: string;
  /** One a choice. */
  figures: Record<string, Measured>[];
  space: string;
  sentences: number;
  gold: number;
  k: number;
  centre: boolean;
  /** Of the encoder that it is compared with. */
  otherCentre: boolean;
}

/**
 * Mines a task, or takes it from its run folder, and compares what each choice selects with the gold pairs.
 *
 * @param task with the one whose best threshold is applied to it, if there is one
 */
export async function evaluateTask(
  { tuneOn, ...task }: GoldTask & { tuneOn?: BuccTask },
  choices: readonly Choice[],
  { encoder, other }: Partial<EvaluatedEncoders>,
  options: BuccOptions,
): Promise<TaskResult> {
  const { confidence } = options;
  const gold = await readGold(task.gold);
  const ours = await findTask(task, gold, encoder, options);
  const theirs = other && (await findTask(task, gold, other, options));
  const tuningGold = tuneOn && (await readGold(tuneOn.gold));
  const tuning = tuneOn && (await findTask(tuneOn, tuningGold!, encoder, { ...options, run: undefined }));
  const figures = choices.map((choice) => {
    const predicted = { predictions: predictIds(ours, gold, choice), gold, confidence };
    return {
      ...figuresAtBest(predicted),
      ...(options.threshold !== undefined && figuresAt(predicted, options.threshold, "given")),
      ...(tuning &&
        figuresAt(
          predicted,
          bestCounts(predictIds(tuning, tuningGold!, choice), tuningGold!).best.threshold ??
            Number.POSITIVE_INFINITY,
          "tuned",
        )),
      ...(theirs && { "F1 gained": gain(predicted, predictIds(theirs, gold, choice)) }),
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
  { source, target, gold: goldPath }: GoldTask,
  gold: GoldPairs,
  encoder: Encoder | undefined,
  { run, read, readTarget = read, ...options }: BuccOptions,
): Promise<SidesFound> {
  const found = run
    ? await loadRun(run)
    : await mineTask(
        // `checkTasks` has seen that they are there.
        { source: source!, target: target! },
        settleFind({
          ...afterOpening(options),
          encoder,
          read: { ...read, format: read?.format ?? "bucc" },
          readTarget: { ...readTarget, format: readTarget?.format ?? "bucc" },
        }),
      );
  checkGold(gold, goldPath, found.sides);
  return found;
}

async function mineTask(
  { source, target }: Pick<BuccTask, "source" | "target">,
  settings: FindSettings,
): Promise<SidesFound> {
  const run = memoryRun();
  const sources = await openSources(nameSources(source, target, settings), run);
  const sides = await readSides(sources, settings, run);
  refuseEmpty(sides.source);
  refuseEmpty(sides.target);
  const { found, k, centre } = await embedAndSearch(sides, sources, settings, run);
  return { sides, found, searched: { k, centre } };
}
