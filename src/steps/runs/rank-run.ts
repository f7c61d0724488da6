import { FilePlaces, type FilePlacesOptions } from "../../store/corpus/file-places.js";
import type { Groups } from "../../store/corpus/group-files.js";
import { readGroups } from "../../store/corpus/group-files.js";
import { CandidateFiles } from "../../store/corpus/read-candidates.js";
import type { SideName } from "../../types/texts.js";
import type { SearchFacts } from "../neighbours/found.js";
import type { ChooseOptions, ChooseSettings, RankedSides } from "../pairs/choose.js";
import { type RankInFilesOptions, rankInFiles } from "../pairs/rank-in-files.js";
import { openRescored } from "../pairs/rescore-candidates.js";
import type { OpenSides } from "../texts/side.js";
import { isByRescorer } from "./as-mined.js";
import { type OpenedRun, openRunOf } from "./load-run.js";

/** A run whose candidates stay in their files, which are closed when it is disposed of. */
export interface RunInFiles extends OpenedRun, Disposable {
  folder: string;
  candidates: CandidateFiles;
  facts: SearchFacts;
  groups?: Groups;
}

/**
 * Opens a run as `loadRun` does, but holds none of its candidates.
 *
 * @throws InputError if the folder is not a run that has been searched
 */
export function openRunInFiles(folder: string): Promise<RunInFiles> {
  return openRunOf(folder, async (opened) => {
    const { candidates, facts } = await CandidateFiles.open<SearchFacts>(folder);
    return {
      ...opened,
      ...{ folder, candidates, facts, groups: facts.nearDuplicates && readGroups(folder) },
      [Symbol.dispose]: () => {
        candidates[Symbol.dispose]();
        opened.sides[Symbol.dispose]();
      },
    };
  });
}

/** Puts a run's candidates in the order in which they are chosen. */
export function rankRun(
  { folder, candidates, sides, facts, groups, rescorer, chosen }: RunInFiles,
  options: ChooseOptions,
  settings: ChooseSettings,
  work: Omit<RankInFilesOptions, "rescored">,
): RankedSides & Disposable {
  const rescored =
    rescorer !== undefined && isByRescorer(options, chosen)
      ? { rescorer, file: openRescored(folder) }
      : undefined;
  const ranked = rankInFiles(candidates, settings, { ...work, rescored: rescored?.file });
  const placed = {
    source: placedIn(folder, "source", sides, work),
    target: placedIn(folder, "target", sides, work),
  };
  return {
    ...{ sides: placed, facts, groups, rescored },
    candidates: candidates.length,
    smallBase: ranked.dropped,
    ranking: ranked.ranking,
    [Symbol.dispose]: () => {
      ranked[Symbol.dispose]();
      rescored?.file[Symbol.dispose]();
      for (const { places } of Object.values(placed)) places[Symbol.dispose]();
    },
  };
}

/** A side whose places stay in their files, too. */
function placedIn(folder: string, name: SideName, sides: OpenSides, work: FilePlacesOptions) {
  const { texts, fields, counts } = sides[name];
  return { texts, fields, counts, places: new FilePlaces(folder, name, texts.length, work) };
}
