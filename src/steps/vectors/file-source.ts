import { type VectorSink, WINDOW } from "../../embed/embed.js";
import { InputError } from "../../errors.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { openVectors } from "../../store/arrays/vectors-file.js";
import { unlessChanged } from "../../store/files/file-state.js";
import { identifyFile } from "../texts/identify.js";
import type { GivenVectors } from "../texts/open-sources.js";
import type { Side } from "../texts/side.js";
import { rejectVector } from "./reject-vector.js";
import type { LazySource } from "./vectors-stage.js";

/** A side's vectors from a file that has one row a line of the side's input. */
export async function vectorsOfFile({ path, info }: GivenVectors): Promise<LazySource> {
  const { space, prompt, dimensions, blocks, centre } = info;
  const { hash, state } = await identifyFile(path);
  return {
    space,
    key: { encoder: space, "file of vectors": hash },
    dimensions,
    centre,
    open: async () => ({
      space,
      prompt,
      dimensions,
      blocks,
      centre,
      fill: (side, _stage, sink) => unlessChanged([state], () => copyRows({ path, info }, side, sink)),
    }),
  };
}

async function copyRows({ path, info }: GivenVectors, side: Side, sink: VectorSink): Promise<void> {
  const { space, dimensions, blocks } = info;
  checkRows({ path, info }, side);
  using file = openVectors(path);
  for (let first = sink.rows; first < side.texts.length; first += WINDOW) {
    const values = new Float32Array(Math.min(WINDOW, side.texts.length - first) * dimensions);
    for (let start = 0; start < values.length; start += dimensions) {
      const line = side.places.firstLine(first + start / dimensions);
      values.set(file.read(line - 1, line), start);
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad !== -1) throw rejectVector(side, first + Math.floor(bad / dimensions), space);
    if (!blocks) prepareRows({ rows: values.length / dimensions, dimensions, data: values });
    await sink.append(values);
  }
}

/** @throws InputError if the side's text is not that of the rows, as far as they know it */
function checkRows(
  { path, info: { rows, text, sentences } }: GivenVectors,
  { counts, name, textHash }: Side,
): void {
  const isWhole = counts.tooShort + counts.tooLong === 0;
  if (rows === counts.lastLine && !text && sentences && isWhole && sentences.hash !== textHash)
    throw new InputError({ path: name }, `is not the text that ${path} was embedded from.`, {
      advice: "Give that one, or embed this one.",
    });
  if (rows === counts.lastLine) return;
  throw new InputError({ path }, `has ${rows} rows, but ${name} has ${counts.lastLine} lines.`, {
    advice: "Embed the text again.",
  });
}
