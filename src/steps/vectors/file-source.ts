import { type VectorSink, WINDOW, zeroNotFinite } from "../../embed/embed.js";
import { InputError } from "../../errors.js";
import { prepareRows } from "../../search/prepare-rows.js";
import type { ForeignLayout } from "../../store/arrays/foreign-vectors.js";
import { describeOtherTypes } from "../../store/arrays/raw-file.js";
import { unlessChanged } from "../../store/files/file-state.js";
import { identifyFile } from "../texts/identify.js";
import { openGiven } from "../texts/open-given.js";
import type { GivenVectors } from "../texts/open-sources.js";
import type { Side } from "../texts/side.js";
import { rejectRow, reportVector } from "./reject-vector.js";
import type { LazySource } from "./vectors-stage.js";

/** A side's vectors from a file that has one row a line of the side's input. */
export async function vectorsOfFile(given: GivenVectors): Promise<LazySource> {
  const { path, info, foreign } = given;
  const { space, prompt, dimensions, blocks, centre } = info;
  const { hash, state } = await identifyFile(path);
  return {
    space,
    key: { encoder: space, "file of vectors": hash, raw: foreign?.raw && { ...foreign.raw } },
    dimensions,
    centre,
    open: async () => ({
      space,
      prompt,
      dimensions,
      blocks,
      centre,
      fill: (side, _stage, sink) => unlessChanged([state], () => copyRows(given, side, sink)),
    }),
  };
}

async function copyRows(given: GivenVectors, side: Side, sink: VectorSink): Promise<void> {
  const { dimensions, blocks } = given.info;
  checkRows(given, side);
  using file = openGiven(given);
  for (let first = sink.rows; first < side.texts.length; first += WINDOW) {
    const values = new Float32Array(Math.min(WINDOW, side.texts.length - first) * dimensions);
    for (let start = 0; start < values.length; start += dimensions) {
      const line = side.places.firstLine(first + start / dimensions);
      values.set(file.read(line - 1, line), start);
    }
    zeroNotFinite(values, dimensions, (row) => reportVector(side, rejectRow(side, first + row, given.path)));
    if (!blocks) prepareRows({ rows: values.length / dimensions, dimensions, data: values });
    await sink.append(values);
  }
}

/** @throws InputError if the side's text is not that of the rows, as far as they know it */
function checkRows(
  { path, info: { rows, text, sentences }, foreign }: GivenVectors,
  { counts, name, textHash }: Side,
): void {
  const isWhole = counts.tooShort + counts.tooLong === 0;
  if (rows === counts.lastLine && !text && sentences && isWhole && sentences.hash !== textHash)
    throw new InputError({ path: name }, `is not the text that ${path} was embedded from.`, {
      advice: "Give that one, or embed this one.",
    });
  if (rows === counts.lastLine) return;
  throw new InputError({ path }, `has ${rows} rows, but ${name} has ${counts.lastLine} lines.`, {
    advice: foreign
      ? (adviseRaw(path, foreign) ?? "Give the text that its rows are of, blank lines included.")
      : "Embed the text again.",
  });
}

const adviseRaw = (path: string, { raw }: ForeignLayout) => raw && describeOtherTypes(path, raw);
