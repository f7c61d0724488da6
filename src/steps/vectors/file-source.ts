import { createHash } from "node:crypto";
import { type VectorSink, WINDOW, zeroNotFinite } from "../../embed/embed.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { unlessChanged } from "../../store/files/file-state.js";
import type { GivenFile } from "../texts/given-file.js";
import { type IdentifiedVectors, identifyGiven } from "../texts/identify-given.js";
import { openGiven } from "../texts/open-given.js";
import type { GivenVectors } from "../texts/open-sources.js";
import { rejectRow, reportVector } from "./reject-vector.js";
import { checkRows, type RowsOfSide } from "./rows-of-side.js";
import type { LazySource } from "./vectors-stage.js";

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
  const { space, prompt, language, dimensions, blocks, centre } = info;
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
      language,
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
  const { dimensions } = given.info;
  checkRows(given, wanted);
  await using file = await openGiven(given);
  const rowAt = rowReader(file);
  const finish = rowFinisher(given, wanted, file);
  const { side, rowOf } = wanted;
  for (let first = sink.rows; first < side.texts.length; first += WINDOW) {
    const values = new Float32Array(Math.min(WINDOW, side.texts.length - first) * dimensions);
    for (let start = 0; start < values.length; start += dimensions)
      values.set(await rowAt(rowOf(first + start / dimensions)), start);
    finish(values, first);
    await sink.append(values);
  }
}

/**
 * Makes rows of a file, as they are read, those of a side's sentences from `first` on: of unit length, and zeros in the
 * place of each that is no vector, which is reported once.
 */
export function rowFinisher(
  { info: { dimensions, blocks } }: GivenVectors,
  { side, rowOf }: RowsOfSide,
  { faultOf }: GivenFile,
): (values: Float32Array, first: number) => void {
  const reported = new Set<number>();
  return (values, first) => {
    zeroNotFinite(values, dimensions, (i) => {
      const text = first + i;
      if (reported.has(text)) return;
      reported.add(text);
      const line = side.places.firstLine(text);
      reportVector(side, rejectRow({ path: side.name, line }, faultOf(rowOf(text))));
    });
    if (!blocks) prepareRows({ rows: values.length / dimensions, dimensions, data: values });
  };
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
