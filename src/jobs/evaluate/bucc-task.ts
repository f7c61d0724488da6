import { dirname } from "node:path";
import { inLanguages } from "../../embed/languages.js";
import { bestCounts } from "../../evaluate/id-predictions.js";
import type { ReadOptions } from "../../read/input.js";
import { settleFind } from "../../steps/neighbours/find-options.js";
import type { SidesFound } from "../../steps/neighbours/found.js";
import { embedAndSearch } from "../../steps/neighbours/search-sides.js";
import { loadRun } from "../../steps/runs/load-run.js";
import { memoryRun } from "../../steps/runs/run.js";
import { tellForeign } from "../../steps/texts/foreign-options.js";
import { openSources } from "../../steps/texts/open-sources.js";
import { refuseEmpty } from "../../steps/texts/side.js";
import { readSides } from "../../steps/texts/sides.js";
import { afterOpening } from "../../steps/vectors/refuse-opening.js";
import { nameSources } from "../../steps/vectors/vector-sources.js";
import { type NamedVectors, nameVectorsBeside } from "../../steps/vectors/vectors-beside.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";
import { figuresAt, figuresAtBest, gain } from "./bucc-figures.js";
import { type BuccOptions, hasVectors } from "./bucc-options.js";
import type { BuccTask, GoldTask } from "./bucc-tasks.js";
import { findVectors } from "./folders/vectors-folder.js";
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
  const { confidence, onEvent } = options;
  const gold = await readGold(task.gold, onEvent);
  const ours = await findTask(task, gold, encoder, options);
  const theirs = other && (await findTask(task, gold, other, options));
  const tuningGold = tuneOn && (await readGold(tuneOn.gold, onEvent));
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
  { source, target, gold: goldPath, languages }: GoldTask,
  gold: GoldPairs,
  encoder: Encoder | undefined,
  options: BuccOptions,
): Promise<SidesFound> {
  const told = { source: options.language, target: options.targetLanguage };
  // `checkTasks` has seen that they are there.
  const texts = { source: source!, target: target! };
  const found = options.run
    ? await loadRun(options.run)
    : await mineTask(texts, encoder && inLanguages(encoder, languages ?? told), options);
  checkGold(gold, goldPath, found.sides);
  return found;
}

async function mineTask(
  texts: Record<SideName, string>,
  encoder: Encoder | undefined,
  { run: _, read, readTarget = read, ...options }: BuccOptions,
): Promise<SidesFound> {
  const vectors = hasVectors(options) ? vectorsOf(texts, options) : undefined;
  // A description tells how the text was read.
  const as = (side: SideName, given?: ReadOptions) =>
    vectors && !vectors[side].foreign ? given : { ...given, format: given?.format ?? "bucc" };
  const settings = settleFind({
    ...(vectors
      ? { ...options, sourceText: texts.source, targetText: texts.target }
      : { ...afterOpening(options), encoder }),
    read: as("source", read),
    readTarget: as("target", readTarget),
  });
  const named = nameSources(
    vectors?.source.path ?? texts.source,
    vectors?.target.path ?? texts.target,
    settings,
  );
  if (vectors) tellForeign(named, settings);
  const memory = memoryRun();
  const sources = await openSources(named, memory);
  const sides = await readSides(sources, settings, memory);
  refuseEmpty(sides.source);
  refuseEmpty(sides.target);
  const { found, k, centre } = await embedAndSearch(sides, sources, settings, memory);
  return { sides, found, searched: { k, centre } };
}

/** The vectors that are given of a task: named, or in a folder under the names of its texts. */
function vectorsOf({ source, target }: Record<SideName, string>, options: BuccOptions): NamedVectors {
  if (options.vectorsFolder === undefined) return nameVectorsBeside(options)!;
  const find = (text: string) => findVectors(text, dirname(text), options);
  return nameVectorsBeside({ ...options, sourceVectors: find(source), targetVectors: find(target) })!;
}
