import { InputError } from "../../errors.js";
import { describeOtherTypes } from "../../store/arrays/raw-file.js";
import type { GivenVectors } from "../texts/open-sources.js";
import type { Side } from "../texts/side.js";

/** Which rows of a file are those of a side's sentences. */
export interface RowsOfSide {
  side: Side;
  /** The row of a sentence, from 0; they ascend. */
  rowOf(text: number): number;
  /** As many rows as there must be. */
  rows: number;
  /** What a row is of. */
  unit: "lines" | "pairs";
}

/** Row n is of line n. */
export const rowsOfLines = (side: Side): RowsOfSide => ({
  side,
  rowOf: (text) => side.places.firstLine(text) - 1,
  rows: side.counts.lastLine,
  unit: "lines",
});

/** @throws InputError if the side's text is not that of the rows, as far as they know it */
export function checkRows(
  { path, info: { rows, text, sentences }, foreign }: GivenVectors,
  { side: { counts, name, textHash }, ...wanted }: RowsOfSide,
): void {
  const isWhole = counts.tooShort + counts.tooLong === 0;
  const isUntold = wanted.unit === "pairs" || !text;
  if (rows === wanted.rows && isUntold && sentences && isWhole && sentences.hash !== textHash)
    throw new InputError({ path: name }, `is not the text that ${path} was embedded from.`, {
      advice: "Give that one, or embed this one.",
    });
  if (rows === wanted.rows) return;
  const parts = foreign?.parts ? ` in ${foreign.parts.length} parts` : "";
  throw new InputError({ path }, `has ${rows} rows${parts}, but ${name} has ${wanted.rows} ${wanted.unit}.`, {
    advice: foreign
      ? (adviseRaw(path, foreign) ?? `Give the text that its rows are of, blank ${wanted.unit} included.`)
      : "Embed the text again.",
  });
}

const adviseRaw = (path: string, { raw, parts }: NonNullable<GivenVectors["foreign"]>) =>
  raw && !parts ? describeOtherTypes(path, raw) : undefined;
