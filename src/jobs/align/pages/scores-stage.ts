import { join } from "node:path";
import type { JobEvent } from "../../../events.js";
import type { PageCandidates } from "../../../pages/page-candidates.js";
import { NpyWriter, readNpy } from "../../../store/arrays/npy-file.js";
import type { Stage } from "../../../store/run/stage.js";
import { candidatesKey } from "./candidates-stage.js";
import { comparePages } from "./compare-pages.js";
import type { EmbeddedPages } from "./embedded-pages.js";
import type { SettledOptions } from "./options.js";
import { SCORES } from "./outlines.js";

type MadeScores = Float64Array & {
  /** Gives the scores their name in a run folder. */
  finish(path: string): Promise<void>;
};

/** How well the pages of each candidate fit, 0 to 1; those that an interrupted run has compared are kept. */
export function scoresStage(
  candidates: PageCandidates,
  embedded: EmbeddedPages,
  options: SettledOptions & { onEvent: (event: JobEvent) => void },
): Stage<Float64Array, MadeScores> {
  const pathIn = (folder: string) => join(folder, SCORES.files[0]);
  return {
    ...SCORES,
    key: candidatesKey(embedded, options),
    make: async (unfinished) => {
      const writer = await NpyWriter.open(unfinished!, "<f8", 1, (rows) => rows);
      try {
        await comparePages(candidates, await embedded.vectors(options.signal), writer, options);
        const scores = await writer.read(0, writer.rows);
        return Object.assign(scores, { finish: (path: string) => writer.finish(path) });
      } catch (error) {
        await writer.close();
        throw error;
      }
    },
    save: ({ finish }, folder) => finish(pathIn(folder)),
    load: async (folder) => readNpy(pathIn(folder)) as Float64Array,
  };
}
