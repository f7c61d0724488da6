import { existsSync } from "node:fs";
import type { VectorSink } from "../../embed/embed.js";
import { zeroNotFinite } from "../../embed/embed.js";
import { InputError, OptionError } from "../../errors.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { refuseOtherVectors } from "../../store/arrays/other-vectors.js";
import { infoPath } from "../../store/arrays/vectors-file.js";
import { unlessChanged } from "../../store/files/file-state.js";
import { option, say } from "../../wording.js";
import {
  checkDimensions,
  checkForeign,
  type ForeignOptions,
  isVectors,
  layoutOf,
} from "../texts/foreign-options.js";
import type { GivenFile } from "../texts/given-file.js";
import { identifyGiven } from "../texts/identify-given.js";
import { openGiven } from "../texts/open-given.js";
import { refuseEncoding } from "./refuse-opening.js";
import { rejectRow } from "./reject-vector.js";

/** What is told while rows are imported. */
export interface ImportHooks {
  /** What messages call the text. */
  name: string;
  signal?: AbortSignal;
  /** Takes the error of a line whose row is no vector: throws it, or the row becomes zeros. */
  report: (error: InputError) => void;
  onProgress: (rows: number) => void;
}

/** Vectors of another program, whose rows are those of a text's lines. */
export interface ForeignRows {
  space: string;
  dimensions: number;
  /** SHA-256 of the file. */
  hash: string;
  /** Appends the rows of windows of lines, of unit length; those of blank lines are zeros. */
  fill(windows: AsyncIterable<string[]>, sink: VectorSink, hooks: ImportHooks): Promise<void>;
}

/** @throws OptionError, InputError if they are no vectors, or have a description already */
export async function openForeignRows(path: string, options: ForeignOptions): Promise<ForeignRows> {
  if (!isVectors(path, options, true)) {
    refuseOtherVectors(path);
    throw new OptionError(`${path}: is not called .npy, .safetensors or .parquet.`, {
      advice: say`If it holds numbers without a header, say ${option("vectors", "raw")}.`,
    });
  }
  if (options.space === undefined)
    throw new OptionError(
      say`${option("from")} needs ${option("space")}: what the vectors' space is called.`,
      {
        advice: "Vectors of one name are compared with each other.",
      },
    );
  const given = { path, foreign: layoutOf(path, options) };
  const sources = [{ name: path, foreign: given.foreign }];
  checkForeign(sources, options);
  refuseEncoding(sources, { ...options, dimensions: undefined }, "the vectors come from a file");
  checkDimensions(sources, options);
  if (existsSync(infoPath(path)))
    throw new OptionError(`${path}: is described already, by ${infoPath(path)}.`, {
      advice: "Use it as it is.",
    });
  const { hash, states } = await identifyGiven(given);
  await using file = await openGiven(given);
  const { space, dimensions } = file.info;
  return {
    space,
    dimensions,
    hash,
    fill: (windows, sink, hooks) =>
      unlessChanged(states, async () => {
        await using rows = await openGiven(given);
        await importRows(path, rows, windows, { sink, ...hooks });
      }),
  };
}

async function importRows(
  path: string,
  { info: { rows, dimensions }, read, faultOf }: GivenFile,
  windows: AsyncIterable<string[]>,
  { sink, name, signal, report, onProgress }: ImportHooks & { sink: VectorSink },
): Promise<void> {
  let lines = sink.rows;
  for await (const window of windows) {
    signal?.throwIfAborted();
    const first = lines;
    lines += window.length;
    // The lines that have no row are counted, to be told.
    if (lines > rows) continue;
    const data = await read(first, lines);
    for (const [row, text] of window.entries())
      if (text === "") data.fill(0, row * dimensions, (row + 1) * dimensions);
    zeroNotFinite(data, dimensions, (row) =>
      report(rejectRow({ path: name, line: first + row + 1 }, faultOf(first + row))),
    );
    prepareRows({ rows: window.length, dimensions, data });
    await sink.append(data);
    onProgress(sink.rows);
  }
  if (lines === rows) return;
  throw new InputError({ path }, `has ${rows} rows, but ${name} has ${lines} lines.`, {
    advice: "Give the text that its rows are of, blank lines included.",
  });
}
