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
import { BITEXT, type BitextSides, NO_TEXT } from "./bitext-stage.js";

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
export function cosinesStage(bitext: BitextSides, options: CosineOptions): Stage<Float32Array> {
  return stageOf("cosines", bitext, bitext.numbers, options);
}

/** The cosine of each pair's source to the next pair's target, a stranger; NaN where there is none. */
export function strangersStage(bitext: BitextSides, options: CosineOptions): Stage<Float32Array> {
  const { numbers } = bitext;
  return stageOf("strangers", bitext, { source: numbers.source, target: nextTargets(numbers) }, options);
}

/** Of each pair the target of the next one, and of the last that of the first; `NO_TEXT` where it is blank or its own. */
export function nextTargets({ target }: BitextSides["numbers"]): Uint32Array {
  return target.map((own, pair) => {
    const next = target[(pair + 1) % target.length];
    return next === own ? NO_TEXT : next;
  });
}

function stageOf(
  name: string,
  { sides, hash }: BitextSides,
  pairs: BitextSides["numbers"],
  options: CosineOptions,
): Stage<Float32Array> {
  const file = `${name}.npy`;
  return {
    name,
    files: [file],
    from: [BITEXT, vectorsOutline("source"), vectorsOutline("target")],
    key: { ...options.vectorsKey, bitext: hash },
    make: async () => {
      using source = await options.vectors.source();
      using target = await options.vectors.target();
      const prepared = prepareSides(sides, { source, target }, options);
      return cosinesOfPairs(prepared.source, prepared.target, pairs);
    },
    save: (cosines, folder) => writeColumn(join(folder, file), "<f4", cosines),
    load: async (folder) => readNpy(join(folder, file)) as Float32Array,
  };
}
