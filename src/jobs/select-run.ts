import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../errors.js";
import { readCandidates } from "../store/candidate-files.js";
import { readManifest } from "../store/manifest.js";
import { openSide } from "../store/side-files.js";
import type { ScoredPair } from "../types.js";
import type { SearchFacts } from "./candidates-stage.js";
import { type ChooseOptions, choosePairs } from "./choose.js";
import { type StageSeconds, timed } from "./events.js";
import { PAIRS } from "./run.js";
import type { Side, SideCounts, SideName } from "./side.js";
import type { MineSummary } from "./summary.js";

export interface SelectRunOptions extends ChooseOptions {
  onSummary?: (summary: MineSummary) => void;
}

/**
 * Chooses pairs again from what a run kept, without an encoder: at another threshold, margin or retrieval. What is not
 * given is as the run was mined, but for the threshold.
 *
 * @throws InputError if the folder is not a run that has been searched
 */
export async function* selectRun(
  folder: string,
  options: SelectRunOptions = {},
): AsyncGenerator<ScoredPair, void, undefined> {
  const seconds: StageSeconds = {};
  const mined = await readChoices(folder);
  const { sides, found } = await timed(seconds, "read", async () => ({
    sides: { source: await loadSide(folder, "source"), target: await loadSide(folder, "target") },
    found: await readCandidates<SearchFacts>(folder),
  }));
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const summary = yield* choosePairs(sides, found, { ...mined, ...given }, seconds);
  options.onSummary?.(summary);
}

async function readChoices(folder: string): Promise<ChooseOptions> {
  if (!existsSync(folder)) throw new InputError({ path: folder }, "no such folder; expected that of a run.");
  const manifest = await readManifest(folder);
  if (!manifest) {
    throw new InputError(
      { path: folder },
      "has no manifest.json, so it is not a run folder. Make one with crisscross mine --run.",
    );
  }
  if (!manifest.stages.candidates) {
    throw new InputError(
      { path: folder },
      "this run has not been searched yet. Run crisscross mine --run again to its end.",
    );
  }
  const { threshold: _, ...choices } = (manifest.stages[PAIRS]?.key ?? {}) as ChooseOptions;
  return choices;
}

async function loadSide(folder: string, side: SideName): Promise<Side> {
  return { ...(await openSide<SideCounts>(folder, side)), name: join(folder, `${side}.txt`) };
}
