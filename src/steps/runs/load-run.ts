import { join } from "node:path";
import { InputError } from "../../errors.js";
import { closing } from "../../flow/closing.js";
import { readCandidates } from "../../store/corpus/candidate-files.js";
import { readGroups } from "../../store/corpus/group-files.js";
import { openSide } from "../../store/corpus/side-files.js";
import { requireFolder } from "../../store/files/folder-error.js";
import { checkStage } from "../../store/run/check-stage.js";
import { explainDamage } from "../../store/run/damage.js";
import { readManifest } from "../../store/run/manifest.js";
import { refuseOtherJob } from "../../store/run/run-job.js";
import type { SideName } from "../../types/texts.js";
import type { SearchFacts, SidesFound } from "../neighbours/found.js";
import { CANDIDATES } from "../neighbours/search-outlines.js";
import { RESCORED, type Rescored, readRescored } from "../pairs/rescore-candidates.js";
import { type OpenSides, refuseEmpty, type Side, type SideCounts } from "../texts/side.js";
import { type ChosenBy, PAIRS } from "./run.js";

/** What a run folder keeps, and how its pairs were chosen. */
export interface LoadedRun extends SidesFound {
  sides: OpenSides;
  chosen: ChosenBy;
  /** What a re-scorer said of the candidates, where one did. */
  rescored?: Rescored;
}

/**
 * Loads both sides and the candidates of a run, without a lock: nothing is written.
 *
 * @throws InputError if the folder is not a run that has been searched
 */
export async function loadRun(folder: string): Promise<LoadedRun> {
  await requireFolder(folder);
  const manifest = await readManifest(folder);
  if (!manifest) {
    throw new InputError({ path: folder }, "is not a run folder: it has no manifest.json.", {
      advice: "Make one with crisscross mine --run.",
    });
  }
  refuseOtherJob(folder, manifest, "mine");
  const candidates = manifest.stages[CANDIDATES.name];
  if (!candidates || candidates.outdated) {
    for (const side of ["source", "target"] as const)
      if (manifest.stages[side]) refuseEmpty(await loadSide(folder, side)).close();
    throw new InputError({ path: folder }, "this run has no up-to-date search results.", {
      advice: "Run crisscross mine --run again to its end.",
    });
  }
  try {
    const kept = manifest.stages[RESCORED.name];
    const isRescored = kept !== undefined && !kept.outdated;
    for (const name of [CANDIDATES.name, ...(isRescored ? [RESCORED.name] : []), "source", "target"])
      if (manifest.stages[name]) await checkStage(folder, manifest.stages[name]);
    const centre = candidates.key.centre === true;
    const { facts, ...found } = await readCandidates<SearchFacts>(folder);
    const source = await loadSide(folder, "source");
    const target = await loadSide(folder, "target");
    return {
      sides: { source, target, ...closing([source, target]) },
      found: { ...found, facts, groups: facts.nearDuplicates && readGroups(folder) },
      searched: { k: Number(candidates.key.k), centre },
      chosen: (manifest.stages[PAIRS]?.key ?? {}) as ChosenBy,
      rescored: isRescored
        ? { rescorer: String(kept.key.rescorer), scores: readRescored(folder) }
        : undefined,
    };
  } catch (error) {
    throw explainDamage(error, folder);
  }
}

async function loadSide(folder: string, side: SideName): Promise<Side> {
  // A copy would read the places, which not every job asks for.
  return Object.assign(await openSide<SideCounts>(folder, side), { name: join(folder, `${side}.txt`) });
}
