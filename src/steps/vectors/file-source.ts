import { createHash } from "node:crypto";
import { type VectorSink, WINDOW, zeroNotFinite } from "../../embed/embed.js";
import { InputError } from "../../errors.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { describeOtherTypes } from "../../store/arrays/raw-file.js";
import { unlessChanged } from "../../store/files/file-state.js";
import type { GivenFile } from "../texts/given-file.js";
import { type IdentifiedVectors, identifyGiven } from "../texts/identify-given.js";
import { openGiven } from "../texts/open-given.js";
import type { GivenVectors } from "../texts/open-sources.js";
import type { Side } from "../texts/side.js";
import { rejectRow, reportVector } from "./reject-vector.js";
import type { LazySource } from "./vectors-stage.js";

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

/**
 * A side's vectors from a file that has its rows.
 *
 * @param identified what the file was, where it was hashed before
 */
export async function vectorsOfFile(
  given: GivenVectors,
  wanted: RowsOfSide,
  identified?: IdentifiedVectors,
): Promise<LazySource> {
  const { info, foreign } = given;
  const { space, prompt, dimensions, blocks, centre } = info;
  const { hash, states } = identified ?? (await identifyGiven(given));
  return {
    space,
    key: {
      encoder: space,
      "file of vectors": hash,
      raw: foreign?.raw && { ...foreign.raw },
      field: foreign?.field,
      // A description tells by a hash of which text its rows are.
      rows: foreign && hashRows(wanted),
    },
    dimensions,
    centre,
    open: async () => ({
      space,
      prompt,
      dimensions,
      blocks,
      centre,
      fill: (_side, _stage, sink) => unlessChanged(states, () => copyRows(given, wanted, sink)),
    }),
  };
}

function hashRows({ side, rowOf }: RowsOfSide): string {
  const rows = Uint32Array.from({ length: side.texts.length }, (_, text) => rowOf(text));
  return createHash("sha256").update(rows).digest("hex");
}

async function copyRows(given: GivenVectors, wanted: RowsOfSide, sink: VectorSink): Promise<void> {
  const { dimensions, blocks } = given.info;
  checkRows(given, wanted);
  await using file = await openGiven(given);
  const rowAt = rowReader(file);
  const { side, rowOf } = wanted;
  for (let first = sink.rows; first < side.texts.length; first += WINDOW) {
    const values = new Float32Array(Math.min(WINDOW, side.texts.length - first) * dimensions);
    for (let start = 0; start < values.length; start += dimensions)
      values.set(await rowAt(rowOf(first + start / dimensions)), start);
    zeroNotFinite(values, dimensions, (i) => {
      const line = side.places.firstLine(first + i);
      reportVector(side, rejectRow({ path: side.name, line }, file.faultOf(rowOf(first + i))));
    });
    if (!blocks) prepareRows({ rows: values.length / dimensions, dimensions, data: values });
    await sink.append(values);
  }
}

/** Reads ascending rows one by one, each window of the file once. */
function rowReader({ info: { rows, dimensions }, read }: GivenFile): (row: number) => Promise<Float32Array> {
  let first = 0;
  let held: Float32Array = new Float32Array();
  return async (row) => {
    if (row < first || (row - first) * dimensions >= held.length) {
      first = row;
      held = await read(row, Math.min(row + WINDOW, rows));
    }
    return held.subarray((row - first) * dimensions, (row - first + 1) * dimensions);
  };
}

/** @throws InputError if the side's text is not that of the rows, as far as they know it */
function checkRows(
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
