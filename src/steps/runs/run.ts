import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { vectorFiles } from "../../store/arrays/vectors-file.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import type { RunJob } from "../../store/run/manifest.js";
import { RunFolder } from "../../store/run/run-folder.js";
import type { Keep } from "../../store/run/stage.js";
import { CENTROIDS } from "../neighbours/indexes/ivf-index.js";
import type { ChooseOptions } from "../pairs/choose.js";
import type { MineSummary } from "../pairs/summary.js";
import type { TextSource } from "../texts/text-source.js";

/** A mining run that keeps its stages in a folder. */
export interface Run {
  folder: string;
  /** Whether the folder goes away when the run is closed. */
  temporary?: boolean;
  keep: Keep;
  /** Leaves `stats.json`, notes how pairs were chosen, and drops vectors and indexes if `clean` asks for it. */
  finish(summary: MineSummary, options: ChooseOptions & { clean?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** What the manifest remembers of how pairs were chosen; `select` takes it as its defaults. */
export const PAIRS = "pairs";

export async function openRun(
  folder: string,
  job: RunJob,
  onEvent: (event: JobEvent) => void = () => {},
): Promise<Run> {
  const run = await RunFolder.open(folder, job, (news) => onEvent({ kind: "stage", ...news }));
  return {
    folder,
    keep: (stage) => run.keep(stage),
    finish: async (summary, { margin, retrieval, secondChoice, threshold, clean }) => {
      const { seconds, ...figures } = summary;
      await writeWholeText(join(folder, "stats.json"), `${JSON.stringify(figures, null, 2)}\n`);
      await run.record(PAIRS, { margin, retrieval, secondChoice, threshold }, seconds.select + seconds.write);
      if (clean) await dropIntermediates(run);
    },
    close: () => run.close(),
  };
}

/** A run in a folder that goes away when it is closed. */
export async function openTemporaryRun(job: RunJob, onEvent?: (event: JobEvent) => void): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "crisscross-run-"));
  const run = await openRun(folder, job, onEvent);
  return { ...run, temporary: true, close: () => run.close().finally(() => rm(folder, { recursive: true })) };
}

/** @throws OptionError if a run would read what it writes itself */
export function refuseOwnFiles(folder: string, sources: readonly TextSource[]): void {
  for (const source of sources) {
    if (typeof source !== "string" || resolve(dirname(source)) !== resolve(folder)) continue;
    if (/^(?:source|target)\./.test(basename(source)))
      throw new OptionError(
        `${source}: is of the run in ${folder}, which would replace it. Name another run folder.`,
      );
  }
}

async function dropIntermediates(run: RunFolder): Promise<void> {
  await run.forget("source vectors", "target vectors", "source index", "target index", "centroids");
  for (const side of ["source", "target"]) {
    const vectors = join(run.path, `${side}.npy`);
    const indexes = ["hnsw", "usearch", "usearch.json"].map((suffix) => join(run.path, `${side}.${suffix}`));
    for (const path of [...vectorFiles(vectors), ...indexes]) await rm(path, { force: true });
  }
  await rm(join(run.path, CENTROIDS), { force: true });
}
