import { OptionError } from "../../errors.js";
import { option, say } from "../../wording.js";
import { COLUMN_PRESETS, type ColumnPreset } from "./column-presets.js";

/** Which columns of a table are read. */
export interface PairColumnOptions {
  /**
   * tsv and csv: the columns of source and target, from 1, or their names in the header.
   * @default as the header or the first row shows: 2,3 if it has three columns and a number, or nothing, in the first; else 1,2
   */
  columns?: readonly [source: number | string, target: number | string];
  /**
   * tsv and csv: the column of the score, from 1, or its name in the header.
   * @default as the header says; the first, where source and target are found to be 2,3; none with numbers in `columns`
   */
  scoreColumn?: number | string;
  /** tsv and csv: whether the first row has the columns' names. @default whether it looks so */
  header?: "yes" | "no";
  /** tsv and csv: the corpus whose columns it has. */
  preset?: ColumnPreset;
}

/** @throws OptionError for columns that cannot be, or that are named twice */
export function checkColumns({ columns, scoreColumn, header, preset }: PairColumnOptions): void {
  const all = [...(columns ?? []), ...(scoreColumn === undefined ? [] : [scoreColumn])];
  const sound = all.every(
    (column) => typeof column === "string" || (Number.isInteger(column) && column >= 1),
  );
  if (!sound || new Set(all).size < all.length || (columns && columns.length !== 2))
    throw new OptionError(
      say`${option("columns")} and ${option("scoreColumn")} are ${all.join(", ")}; expected different columns for source, target and score, counted from 1 or named as in the header.`,
    );
  if (header === "no" && all.some((column) => typeof column === "string"))
    throw new OptionError(
      say`${option("columns")} and ${option("scoreColumn")} are ${all.join(", ")}, but without a header no column has a name.`,
      { advice: "Give their numbers, from 1." },
    );
  if (preset === undefined) return;
  if (!COLUMN_PRESETS.includes(preset))
    throw new OptionError(
      say`${option("preset")} is "${preset}"; expected one of ${COLUMN_PRESETS.join(", ")}.`,
    );
  if (columns)
    throw new OptionError(say`${option("preset")} and ${option("columns")} both say which columns to read.`, {
      advice: "Leave one of them out.",
    });
}
