import { join } from "node:path";
import { InputError } from "../../errors.js";
import { closing } from "../../flow/closing.js";
import { readCandidates } from "../../store/corpus/candidate-files.js";
import { readGroups } from "../../store/corpus/group-files.js";
import { openSide } from "../../store/corpus/side-files.js";
import { requireFolder } from "../../store/files/folder-error.js";
import { checkStage } from "../../store/run/check-stage.js";
import { explainDamage } from "../../store/run/damage.js";
import { type Manifest, readManifest } from "../../store/run/manifest.js";
import { refuseOtherJob } from "../../store/run/run-job.js";
import type { SideName } from "../../types/texts.js";
import type { SearchFacts, SidesFound } from "../neighbours/found.js";
import { CANDIDATES } from "../neighbours/search-outlines.js";
import { RESCORED, type Rescored, readRescored } from "../pairs/rescore-candidates.js";
import { type OpenSides, refuseEmpty, type Side, type SideCounts } from "../texts/side.js";
import { type ChosenBy, PAIRS } from "./run.js";

/** What a run folder keeps beside its candidates, and how its pairs were chosen. */
export interface OpenedRun extends Pick<SidesFound, "searched"> {
  sides: OpenSides;
  chosen: ChosenBy;
  /** Names what re-scored the candidates, where something did. */
  rescorer?: string;
}

/** The same, with all candidates in memory. */
export interface LoadedRun extends Omit<OpenedRun, "rescorer">, SidesFound {
  sides: OpenSides;
  /** What a re-scorer said of the candidates, where one did. */
  rescored?: Rescored;
}

/**
 * Loads both sides and the candidates of a run, without a lock: nothing is written.
 *
 * @throws InputError if the folder is not a run that has been searched
 */
export function loadRun(folder: string): Promise<LoadedRun> {
  return openRunOf(folder, async ({ rescorer, ...opened }) => {
    const { facts, candidates } = await readCandidates<SearchFacts>(folder);
    return {
      ...opened,
      found: { candidates, facts, groups: facts.nearDuplicates && readGroups(folder) },
      rescored: rescorer === undefined ? undefined : { rescorer, scores: readRescored(folder) },
    };
  });
}

/**
 * Opens a run as `loadRun` does, for what reads its candidates as it wants.
 *
 * @throws InputError if the folder is not a run that has been searched; what is found damaged
 */
export async function openRunOf<T>(folder: string, read: (run: OpenedRun) => Promise<T>): Promise<T> {
  const { stages } = await readSearched(folder);
  const candidates = stages[CANDIDATES.name];
  const open: Side[] = [];
  try {
    const kept = stages[RESCORED.name];
    const isRescored = kept !== undefined && !kept.outdated;
    for (const name of [CANDIDATES.name, ...(isRescored ? [RESCORED.name] : []), "source", "target"])
      if (stages[name]) await checkStage(folder, stages[name]);
    for (const side of ["source", "target"] as const) open.push(await loadSide(folder, side));
    const [source, target] = open;
    return await read({
      sides: { source, target, ...closing(open) },
      searched: { k: Number(candidates.key.k), centre: candidates.key.centre === true },
      chosen: (stages[PAIRS]?.key ?? {}) as ChosenBy,
      rescorer: isRescored ? String(kept.key.rescorer) : undefined,
    });
  } catch (error) {
    for (const side of open) side.close();
    throw explainDamage(error, folder);
  }
}

async function readSearched(folder: string): Promise<Manifest> {
  await requireFolder(folder);
  const manifest = await readManifest(folder);
  if (!manifest) {
    throw new InputError({ path: folder }, "is not a run folder: it has no manifest.json.", {
      advice: "Make one with crisscross mine --run.",
    });
  }
  refuseOtherJob(folder, manifest, "mine");
  const candidates = manifest.stages[CANDIDATES.name];
  if (candidates && !candidates.outdated) return manifest;
  for (const side of ["source", "target"] as const)
    if (manifest.stages[side]) refuseEmpty(await loadSide(folder, side)).close();
  throw new InputError({ path: folder }, "this run has no up-to-date search results.", {
    advice: "Run crisscross mine --run again to its end.",
  });
}

async function loadSide(folder: string, side: SideName): Promise<Side> {
  // A copy would read the places, which not every job asks for.
  return Object.assign(await openSide<SideCounts>(folder, side), { name: join(folder, `${side}.txt`) });
}
