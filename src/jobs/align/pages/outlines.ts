import { outcomeOf } from "../../../steps/runs/run.js";
import { vectorsOutline } from "../../../steps/texts/side-outlines.js";
import type { StageOutline } from "../../../store/run/outline.js";

/** What a run keeps of both sides' sentences. */
export const VECTORS: readonly StageOutline[] = [vectorsOutline("source"), vectorsOutline("target")];

/** Which pages may belong together. */
export const CANDIDATES: StageOutline = {
  name: "page candidates",
  files: ["page-candidates.npy"],
  from: VECTORS,
};

/** How well each of them fit. */
export const SCORES: StageOutline = { name: "page scores", files: ["page-scores.npy"], from: [CANDIDATES] };

/** How the sentences of those that are paired go together. */
export const ALIGNMENTS: StageOutline = {
  name: "alignments",
  files: ["alignments.jsonl"],
  from: [SCORES],
};

/** What was counted, and by which choices. */
export const OUTCOME = outcomeOf(ALIGNMENTS);
