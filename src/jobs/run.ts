import { rm } from "node:fs/promises";
import { join } from "node:path";
import { RunFolder } from "../store/run-folder.js";
import type { Keep } from "../store/stage.js";
import { infoPath } from "../store/vectors-file.js";
import { writeWholeText } from "../store/whole-file.js";
import type { ChooseOptions } from "./choose.js";
import type { JobEvent } from "./events.js";
import type { MineSummary } from "./summary.js";

/** A mining run that keeps its stages in a folder. */
export interface Run {
  folder: string;
  keep: Keep;
  /** Leaves `stats.json`, notes how pairs were chosen, and drops vectors and indexes if `clean` asks for it. */
  finish(summary: MineSummary, options: ChooseOptions & { clean?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** What the manifest remembers of how pairs were chosen; `select` takes it as its defaults. */
export const PAIRS = "pairs";

export async function openRun(folder: string, onEvent: (event: JobEvent) => void = () => {}): Promise<Run> {
  const run = await RunFolder.open(folder, (news) => onEvent({ kind: "stage", ...news }));
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

async function dropIntermediates(run: RunFolder): Promise<void> {
  await run.forget("source vectors", "target vectors", "source index", "target index");
  for (const side of ["source", "target"]) {
    const vectors = join(run.path, `${side}.npy`);
    for (const path of [vectors, infoPath(vectors), join(run.path, `${side}.hnsw`)])
      await rm(path, { force: true });
  }
}
