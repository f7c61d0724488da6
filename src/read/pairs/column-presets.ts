import { InputError } from "../../errors.js";
import type { PairRow } from "../../types/bitexts.js";
import type { Line } from "../lines.js";

/** A published corpus whose columns are known. */
export type ColumnPreset = "bitextor" | "ccaligned" | "ccmatrix" | "paracrawl" | "opus" | "hplt-bitext";

interface Layout {
  /** How many columns a row has; `more` may follow. */
  width: number;
  more?: boolean;
  /** From 1, as the projects' pages count them. */
  columns: readonly [source: number, target: number, score?: number];
}

/**
 * Where published corpora have their texts: Bitextor's `src_url trg_url src_text trg_text aligner_score …`; CCAligned's
 * documents `Domain Source_URL Source_Content Target_URL Target_Content`, and its sentences with their similarity;
 * CCMatrix's `score src tgt`; ParaCrawl's two texts, or Bitextor's columns where it is raw; OPUS's two texts, as
 * OpusTools writes them to one file; HPLT's bitexts, which are Bitextor's.
 */
const LAYOUTS: Readonly<Record<ColumnPreset, readonly Layout[]>> = {
  bitextor: [
    { width: 5, more: true, columns: [3, 4, 5] },
    { width: 4, columns: [3, 4] },
  ],
  ccaligned: [
    { width: 5, columns: [3, 5] },
    { width: 3, columns: [1, 2, 3] },
  ],
  ccmatrix: [{ width: 3, more: true, columns: [2, 3, 1] }],
  paracrawl: [
    { width: 4, more: true, columns: [3, 4] },
    { width: 2, columns: [1, 2] },
  ],
  opus: [{ width: 2, more: true, columns: [1, 2] }],
  "hplt-bitext": [{ width: 4, more: true, columns: [3, 4] }],
};

/** The published corpora whose columns are known. */
export const COLUMN_PRESETS = Object.keys(LAYOUTS) as ColumnPreset[];

/** @throws InputError for a row that is none of the corpus */
export function presetColumns(
  preset: ColumnPreset,
  width: number,
  place: { path: string } & Pick<Line, "line">,
): PairRow["columns"] {
  const layouts: readonly Layout[] = LAYOUTS[preset];
  const layout = layouts.find((one) => one.width === width || (one.more && width > one.width));
  if (layout) {
    const [source, target, score] = layout.columns;
    return { source: source - 1, target: target - 1, score: score && score - 1 };
  }
  const expected = layouts.map(({ width, more }) => `${width}${more ? " or more" : ""}`).join(", or ");
  const { path, line } = place;
  throw new InputError({ path, line }, `has ${width} columns; expected ${expected}, as ${preset} has.`, {
    advice: "Name the columns themselves.",
  });
}
