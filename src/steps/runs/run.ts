import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { OptionError } from "../../errors.js";
import type { JobEvent, TimedRun } from "../../events.js";
import type { TextSource } from "../../read/input.js";
import { isSameFile } from "../../store/files/is-same-file.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { makeTemporaryFolder } from "../../store/files/temporary-folder.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import type { Key, RunJob } from "../../store/run/manifest.js";
import { type StageOutline, withOrigins } from "../../store/run/outline.js";
import { RunFolder } from "../../store/run/run-folder.js";
import { makeAnew } from "../../store/run/stage.js";
import { option, say } from "../../wording.js";
import { CANDIDATES } from "../neighbours/search-outlines.js";
import type { ChooseOptions } from "../pairs/choose.js";
import { numberOf } from "../pairs/estimate-threshold.js";
import type { MineSummary } from "../pairs/mine-summary.js";
import { RESCORED } from "../pairs/rescore-candidates.js";

/** How pairs were chosen: what `select` takes as its defaults. */
export interface ChosenBy extends Omit<ChooseOptions, "threshold" | "precision"> {
  threshold?: number;
  rescore?: string;
  rescoreAbove?: number;
}

/** A run, which is closed when it is disposed of. */
export interface Run extends TimedRun, AsyncDisposable {
  /** Leaves `stats.json`, notes how pairs were chosen, and drops vectors and indexes if `clean` asks for it. */
  finish(summary: MineSummary, options: FinishOptions): Promise<void>;
}

export interface FinishOptions extends ChooseOptions, Pick<ChosenBy, "rescore" | "rescoreAbove"> {
  clean?: boolean;
}

/** A run that keeps its stages in a folder. */
export interface FolderRun extends Run {
  folder: string;
}

/** What the manifest remembers of how pairs were chosen; `select` takes it as its defaults. */
export const PAIRS = "pairs";

/** What was counted. */
const STATS = "stats.json";

/**
 * Leaves what was counted in a run folder, and notes how pairs were chosen.
 *
 * @throws OutputError if that cannot be written
 */
export async function noteOutcome(
  run: RunFolder,
  outcome: StageOutline,
  figures: object,
  { chosen, seconds }: { chosen: Key; seconds: number },
): Promise<void> {
  await writeWholeText(join(run.path, STATS), `${JSON.stringify(figures, null, 2)}\n`).catch((error) => {
    throw explainWriteError(error, run.path);
  });
  await run.record(outcome, chosen, seconds);
}

/** What a run records at its end, of its last stage. */
export const outcomeOf = (last: StageOutline): StageOutline => ({
  name: PAIRS,
  files: [STATS],
  from: [last],
});

const OUTCOME = outcomeOf(RESCORED);

export async function openRun(
  folder: string,
  job: RunJob,
  onEvent: (event: JobEvent) => void = () => {},
): Promise<FolderRun> {
  checkRunName(folder);
  const run = await RunFolder.open(folder, job, (news) => onEvent({ kind: "stage", ...news }));
  run.follow(withOrigins([RESCORED]), OUTCOME);
  return {
    folder,
    seconds: {},
    keep: (stage) => run.keep(stage),
    finish: async (summary, { clean, ...options }) => {
      const { margin, retrieval, secondChoice, rescore, rescoreAbove } = options;
      const threshold = summary.estimate?.threshold ?? numberOf(options.threshold);
      const chosen = { margin, retrieval, secondChoice, threshold, rescore, rescoreAbove };
      const { seconds, distribution: _, ...figures } = summary;
      await noteOutcome(run, OUTCOME, figures, { chosen, seconds: seconds.select + seconds.write });
      if (clean) await run.drop(CANDIDATES.from);
    },
    [Symbol.asyncDispose]: () => run.close(),
  };
}

/** A run in a folder that goes away when it is closed. */
export async function openTemporaryRun(job: RunJob, onEvent?: (event: JobEvent) => void): Promise<FolderRun> {
  const folder = await makeTemporaryFolder();
  const run = await openRun(folder.path, job, onEvent);
  const close = async () => {
    try {
      await run[Symbol.asyncDispose]();
    } finally {
      await folder[Symbol.asyncDispose]();
    }
  };
  return { ...run, temporary: true, [Symbol.asyncDispose]: close };
}

/** A run in its folder; without one in memory, or in a temporary folder where it must keep to a budget. */
export async function openRunOrMemory(
  job: RunJob,
  { run, memory, onEvent }: { run?: string; memory?: number; onEvent?: (event: JobEvent) => void },
): Promise<Run> {
  if (run !== undefined) return openRun(run, job, onEvent);
  return memory === undefined ? memoryRun() : openTemporaryRun(job, onEvent);
}

/** A run that keeps nothing. */
export function memoryRun(): Run {
  return { keep: makeAnew, seconds: {}, finish: async () => {}, [Symbol.asyncDispose]: async () => {} };
}

/** @throws OptionError if a run folder is given that has no name */
export function checkRunName(run: string | undefined): void {
  if (run === "") throw new OptionError("The run folder has no name.");
}

/** @throws OptionError if a run folder is to be cleaned, but there is none */
export function refuseCleanAlone(run: string | undefined, clean: boolean | undefined): void {
  if (!clean || run !== undefined) return;
  throw new OptionError(
    say`${option("clean", true)} removes the vectors and indexes of a run folder, but there is none.`,
    { advice: say`Give ${option("run")}, or leave ${option("clean")} out.` },
  );
}

/** @throws OptionError if a run would read what it writes itself, whatever it is called */
export async function refuseOwnFiles(folder: string, sources: readonly TextSource[]): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const own = names.filter((name) => /^(?:source|target)\./.test(name)).map((name) => join(folder, name));
  for (const source of sources)
    if (typeof source === "string" && (await isSameFile(source, own)))
      throw new OptionError(`${source}: belongs to the run in ${folder}, which would replace it.`, {
        advice: "Name another run folder.",
      });
}
