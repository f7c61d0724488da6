import { InputError } from "../../errors.js";
import type { PairRow } from "../../types/bitexts.js";
import type { Line } from "../lines.js";

/** A published corpus whose columns are known. */
export type ColumnPreset =
  | "bitextor"
  | "ccaligned"
  | "ccmatrix"
  | "paracrawl"
  | "opus"
  | "hplt-bitext"
  | "tatoeba";

interface Layout {
  /** How many columns a row has; `more` may follow. */
  width: number;
  more?: boolean;
  /** From 1, as the projects' pages count them. */
  columns: readonly [source: number, target: number, score?: number];
}

/**
 * The text files of ParaCrawl and HPLT, whose pipelines are one: `.classified` and `.filtered` have `url1 url2 seg1 seg2
 * checksum1 checksum2 bifixerhash bifixerscore bicleaner collection`, and more where they are filtered; `.raw` has the
 * aligner's columns after the texts; `.txt` has the texts alone (`07.fix`, `09.clean` and `README.md` of
 * github.com/paracrawl/cirrus-scripts and github.com/hplt-project/bitextor-slurm).
 */
const CRAWLED: readonly Layout[] = [
  { width: 10, more: true, columns: [3, 4, 9] },
  { width: 4, more: true, columns: [3, 4] },
  { width: 2, columns: [1, 2] },
];

/**
 * Where published corpora have their texts. Bitextor: `src_url trg_url src_text trg_text aligner_score …` (its
 * `docs/OUTPUT.md`). CCAligned: documents `Domain Source_URL Source_Content Target_URL Target_Content`
 * (statmt.org/cc-aligned); sentences with LASER's similarity (the loader `ccaligned_multilingual` of Hugging Face).
 * CCMatrix: `score src trg` in `xx-yy.bitextf.tsv` (statmt.org/cc-matrix). OPUS: `src trg`, as `opus_read -wm moses` of
 * OpusTools writes them to one file. Tatoeba: `id text id text` of its sentence pairs (tatoeba.org/downloads).
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
  paracrawl: CRAWLED,
  opus: [{ width: 2, more: true, columns: [1, 2] }],
  "hplt-bitext": CRAWLED,
  tatoeba: [{ width: 4, columns: [2, 4] }],
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
