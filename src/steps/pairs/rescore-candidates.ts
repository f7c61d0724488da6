import { join } from "node:path";
import type { TimedRun } from "../../events.js";
import type { Rescorer } from "../../rescore/rescorer.js";
import { scoreMargin } from "../../score/margin.js";
import { type NpyFile, openNpy, readNpy, writeColumn } from "../../store/arrays/npy-file.js";
import type { StageOutline } from "../../store/run/outline.js";
import type { Stage } from "../../store/run/stage.js";
import type { Margin } from "../../types/pairs.js";
import type { SidesFound } from "../neighbours/found.js";
import { CANDIDATES } from "../neighbours/search-outlines.js";
import { type RescorePairsOptions, rescorePairs } from "./rescore-pairs.js";
import { rescoresKey, rescoresOutline } from "./rescores-stage.js";

/** Candidates with the scores that a re-scorer gives them. */
export interface Rescored {
  /** Names the re-scorer. */
  rescorer: string;
  /** One a candidate; NaN where it was not re-scored, or has none. */
  scores: Float64Array;
  /** Pairs that are left out, since their score is not finite, where that is known. */
  notFinite?: number;
}

export interface RescoreCandidatesOptions extends Omit<RescorePairsOptions, "from"> {
  margin: Margin;
  /** Only candidates of at least this margin are re-scored. @default all that have one */
  rescoreAbove?: number;
}

const FILE = "rescored.npy";

/** What a run keeps of candidates that were re-scored: a score each. */
export const RESCORED: StageOutline = {
  name: "rescored",
  files: [FILE],
  from: [rescoresOutline([CANDIDATES])],
};

/** Re-scores candidates whose margin reaches a bound; the others count as not there. */
export async function rescoreCandidates(
  { sides, found: { candidates } }: Pick<SidesFound, "sides" | "found">,
  rescorer: Rescorer,
  { margin, rescoreAbove = Number.NEGATIVE_INFINITY, ...options }: RescoreCandidatesOptions,
  run: TimedRun,
): Promise<Rescored> {
  const { values: margins } = scoreMargin(candidates, margin);
  const chosen = Uint32Array.from(margins.keys()).filter((candidate) => margins[candidate] >= rescoreAbove);
  const pick = (column: Uint32Array) => chosen.map((candidate) => column[candidate]);
  const list = { source: pick(candidates.source), target: pick(candidates.target) };
  const measured = { sides, list, rescorer };
  const rescores = await rescorePairs(measured, { ...options, from: [CANDIDATES] }, run);
  const stage: Stage<Float64Array> = {
    ...RESCORED,
    key: { ...rescoresKey(measured), how: rescorer.description },
    silent: ["made", "kept", "remade"],
    make: async () => {
      const scores = new Float64Array(candidates.length).fill(Number.NaN);
      for (const [pair, candidate] of chosen.entries()) scores[candidate] = rescores.score(pair);
      return scores;
    },
    save: (scores, folder) => writeColumn(join(folder, FILE), "<f8", scores),
    load: async (folder) => readNpy(join(folder, FILE)) as Float64Array,
  };
  return { rescorer: rescorer.space, scores: await run.keep(stage), notFinite: rescores.notFinite };
}

/** The same scores, which stay in their file. */
export const openRescored = (folder: string): NpyFile => openNpy(join(folder, FILE));

/** What a run has kept of them. */
export function readRescored(folder: string): Float64Array {
  return readNpy(join(folder, FILE)) as Float64Array;
}
