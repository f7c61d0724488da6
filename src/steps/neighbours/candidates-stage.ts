import { readCandidates, writeCandidates } from "../../store/corpus/candidate-files.js";
import { readGroups, writeGroups } from "../../store/corpus/group-files.js";
import type { Key } from "../../store/run/manifest.js";
import type { Stage } from "../../store/run/stage.js";
import type { Neighbourhood } from "../vectors/few-sides.js";
import type { SearchSettings } from "./find-options.js";
import type { Found, SearchFacts } from "./found.js";
import { CANDIDATES } from "./search-outlines.js";

/** How candidates are kept: as one table of pairs. */
export function candidatesStage(key: Key, make: () => Promise<Found>): Stage<Found> {
  return {
    ...CANDIDATES,
    key,
    make,
    save: async ({ candidates, facts, groups }, folder) => {
      await writeGroups(folder, groups);
      await writeCandidates(folder, candidates, facts);
    },
    load: async (folder) => {
      const { candidates, facts } = await readCandidates<SearchFacts>(folder);
      return { candidates, facts, groups: facts.nearDuplicates && readGroups(folder) };
    },
  };
}

/** What a key says of candidates whose k is bounded. */
export const BOUNDED_K = "bounded k";

/** What candidates depend on, given what the vectors and the index do. */
export function candidatesKey(key: Key, { k, boundedK }: Neighbourhood, guard: SearchSettings["guard"]): Key {
  return { ...key, k, ...(boundedK && { [BOUNDED_K]: true }), guard };
}
