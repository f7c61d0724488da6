import { join } from "node:path";
import type { JobEvent } from "../../events.js";
import { cosinesOfPairs } from "../../search/pair-cosines.js";
import { prepareSides } from "../../steps/neighbours/prepare-sides.js";
import { vectorsOutline } from "../../steps/texts/side-outlines.js";
import type { SideVectors } from "../../steps/vectors/vectors-stage.js";
import { readNpy, writeColumn } from "../../store/arrays/npy-file.js";
import type { Key } from "../../store/run/manifest.js";
import type { Stage } from "../../store/run/stage.js";
import type { SideName } from "../../types/texts.js";
import { BITEXT, type BitextSides } from "./bitext-stage.js";

export interface CosineOptions {
  /** What the vectors and their centring depend on. */
  vectorsKey: Key;
  centre: boolean;
  /** Whether both sides' vectors are held in memory. */
  held?: boolean;
  onEvent: (event: JobEvent) => void;
  /** Each side's vectors; not asked for where the cosines were kept. */
  vectors: Record<SideName, () => Promise<SideVectors>>;
}

/** The cosine of each pair of a bitext; NaN where a side is blank or has no feature. */
export function cosinesStage(
  { sides, numbers, hash }: BitextSides,
  options: CosineOptions,
): Stage<Float32Array> {
  return {
    name: "cosines",
    files: [cosinesPath("")],
    from: [BITEXT, vectorsOutline("source"), vectorsOutline("target")],
    key: { ...options.vectorsKey, bitext: hash },
    make: async () => {
      using source = await options.vectors.source();
      using target = await options.vectors.target();
      const prepared = prepareSides(sides, { source, target }, options);
      return cosinesOfPairs(prepared.source, prepared.target, numbers);
    },
    save: (cosines, folder) => writeColumn(cosinesPath(folder), "<f4", cosines),
    load: async (folder) => readNpy(cosinesPath(folder)) as Float32Array,
  };
}

const cosinesPath = (folder: string) => join(folder, "cosines.npy");
