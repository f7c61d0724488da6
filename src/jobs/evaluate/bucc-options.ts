import type { OptionNames } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import { READING } from "../../read/input.js";
import type { FindOptions } from "../../steps/neighbours/find-options.js";
import { FIND_OPTIONS } from "../../steps/neighbours/find-options.js";
import { VECTORS_BESIDE_OPTIONS, type VectorsBesideOptions } from "../../steps/vectors/vectors-beside.js";
import type { Margin, Retrieval } from "../../types/pairs.js";
import { option, optionList, say } from "../../wording.js";
import type { BuccTask, GoldTask } from "./bucc-tasks.js";
import { VECTORS_FOLDER_OPTIONS, type VectorsFolderOptions } from "./folders/vectors-folder.js";
import type { ComparedOptions } from "./open-encoders.js";
import { COMPARED_OPTIONS, refuseCache } from "./open-encoders.js";

/** What mines a task of the BUCC shared task, and which of its figures are given. */
export interface BuccOptions
  extends ComparedOptions,
    Omit<FindOptions, "encoder">,
    VectorsBesideOptions,
    VectorsFolderOptions {
  /** Margins to compare. @default ["ratio"] */
  margins?: readonly Margin[];
  /** Retrievals to compare. @default ["max"] */
  retrievals?: readonly Retrieval[];
  /** With `max`: a sentence that loses its best candidate may still get another of its k. @default false */
  secondChoice?: boolean;
  /** Also give the figures at this threshold. */
  threshold?: number;
  /** Also give the figures at the best threshold of this other split; of several tasks, one for each in their order. */
  tuneOn?: BuccTask | readonly BuccTask[];
  /** A run folder of the task, in place of an encoder. */
  run?: string;
}

/** The names of `BuccOptions`. */
export const BUCC_OPTIONS: OptionNames<BuccOptions> = {
  ...COMPARED_OPTIONS,
  ...FIND_OPTIONS,
  ...VECTORS_BESIDE_OPTIONS,
  ...VECTORS_FOLDER_OPTIONS,
  margins: true,
  retrievals: true,
  secondChoice: true,
  threshold: true,
  tuneOn: true,
  run: true,
};

/** What says how texts are read, and how vectors are made and searched. */
const NOT_OF_A_RUN = [
  "minCharacters",
  "maxCharacters",
  "encoder",
  "variant",
  "device",
  "revision",
  "dimensions",
  "blend",
  "task",
  "targetTask",
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
  "recall",
  "indexType",
  "memory",
  "against",
  "againstVariant",
  "tuneOn",
  "sourceVectors",
  "targetVectors",
  "vectorsFolder",
  "space",
  "vectors",
  "vectorType",
  "vectorField",
] as const satisfies (keyof BuccOptions)[];

/** @throws OptionError if a task has no texts or no split to be tuned on */
export function checkTasks(tasks: readonly GoldTask[], { run, tuneOn }: BuccOptions): void {
  if (tasks.length === 0)
    throw new OptionError("There is no task to evaluate; expected one or more, each with its gold pairs.");
  const without = tasks.find(({ source, target }) => source === undefined || target === undefined);
  if (without && run === undefined)
    throw new OptionError(
      say`${without.name}: has no texts; expected ${option("source")} and ${option("target")}.`,
      {
        advice: say`Give them, or the folder of their run as ${option("run")}.`,
      },
    );
  if (tuneOn === undefined) return;
  const splits = [tuneOn].flat().length;
  if (splits !== tasks.length)
    throw new OptionError(
      say`${option("tuneOn")} names ${splits} sets, but ${tasks.length} are measured; expected one for each.`,
    );
}

/** @throws OptionError if what is asked for is not of one task, or decided by the run folder */
export function checkRun(tasks: readonly GoldTask[], options: BuccOptions): void {
  if (options.run === undefined) return;
  if (tasks.length !== 1)
    throw new OptionError("A run folder holds one task, but several are given.", {
      advice: say`Name the ${option("gold")} of its task.`,
    });
  const { read, readTarget } = options;
  const given = [
    ...READING.filter((name) => read?.[name] !== undefined || readTarget?.[name] !== undefined),
    ...NOT_OF_A_RUN.filter((name) => options[name] !== undefined),
  ];
  if (given.length === 0) return;
  throw new OptionError(
    say`${optionList(given, ", ")}: a run folder has its texts and vectors already, and how they were searched.`,
    { advice: say`Leave ${given.length === 1 ? "it" : "them"} out, or ${option("run")}.` },
  );
}

/** Whether vectors are given, in place of an encoder. */
export const hasVectors = ({ sourceVectors, targetVectors, vectorsFolder }: BuccOptions): boolean =>
  (sourceVectors ?? targetVectors ?? vectorsFolder) !== undefined;

/** @throws OptionError if vectors are given of another task, or with what they have no use for */
export function checkGivenVectors(tasks: readonly GoldTask[], options: BuccOptions): void {
  const { sourceVectors, targetVectors, vectorsFolder, tuneOn } = options;
  if (!hasVectors(options)) return;
  refuseCache(options);
  const ofOne = sourceVectors ?? targetVectors;
  if (ofOne === undefined) return;
  if (vectorsFolder === undefined && tasks.length === 1 && tuneOn === undefined) return;
  throw new OptionError(
    say`${option("sourceVectors")} and ${option("targetVectors")} are of one task; those of several, or of another split, lie in ${option("vectorsFolder")}.`,
    { advice: "Give either." },
  );
}
