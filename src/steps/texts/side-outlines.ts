import { vectorFiles } from "../../store/arrays/vectors-file.js";
import { sideFiles } from "../../store/corpus/side-files.js";
import type { StageOutline } from "../../store/run/outline.js";

/** What a run keeps of a side's sentences. */
export function textOutline(side: string): StageOutline {
  return { name: side, files: sideFiles(side), from: [] };
}

/** What a run keeps of a side's vectors. */
export function vectorsOutline(side: string): StageOutline {
  return { name: `${side} vectors`, files: vectorFiles(`${side}.npy`), from: [textOutline(side)] };
}
