import { dirname, resolve } from "node:path";
import { WINDOW } from "../embed/embed.js";
import { InputError } from "../errors.js";
import type { ReadOptions } from "../read/input.js";
import { openVectors } from "../store/vectors-file.js";
import { rejectVector } from "./reject-vector.js";
import type { Side } from "./side.js";
import { hashFile, type TextSource } from "./text-source.js";
import type { LazySource } from "./vectors-stage.js";

/** Whether a source is a file of vectors in place of text. */
export function isVectorsFile(source: TextSource): source is string {
  return typeof source === "string" && source.endsWith(".npy");
}

/**
 * The text that a file of vectors was made from, and how it was read; any other source as it is.
 *
 * @throws InputError if the text is not known, gone, or not the same any more
 */
export async function textOfVectors(
  source: TextSource,
  read?: ReadOptions,
): Promise<{ source: TextSource; read?: ReadOptions }> {
  if (!isVectorsFile(source)) return { source, read };
  const { text, close } = openVectors(source);
  close();
  if (!text) {
    throw new InputError(
      { path: source },
      "was embedded from standard input, so its sentences are not known. Embed them from a file.",
    );
  }
  const path = resolve(dirname(source), text.path);
  if ((await hashFile(path)) !== text.hash) {
    throw new InputError(
      { path },
      `is not the text that ${source} was embedded from any more. Embed it again.`,
    );
  }
  return { source: path, read: { ...text.read, ...read } };
}

/** A side's vectors from a file that has one row a line of the side's input. */
export function vectorsOfFile(path: string): LazySource {
  const { read, close, rows, space, dimensions, text } = openVectors(path);
  return {
    key: { encoder: space, "vectors of": text?.hash },
    dimensions,
    open: async () => ({
      space,
      dimensions,
      fill: async (side, _stage, sink) => {
        checkRows(path, rows, side);
        for (let first = sink.rows; first < side.texts.length; first += WINDOW) {
          const values = new Float32Array(Math.min(WINDOW, side.texts.length - first) * dimensions);
          for (let start = 0; start < values.length; start += dimensions) {
            const line = side.places.firstLine(first + start / dimensions);
            values.set(read(line - 1, line), start);
          }
          const bad = values.findIndex((value) => !Number.isFinite(value));
          if (bad !== -1) throw rejectVector(side, first + Math.floor(bad / dimensions), space);
          await sink.append(values);
        }
        close();
      },
    }),
  };
}

function checkRows(path: string, rows: number, { counts, name }: Side): void {
  const lines = counts.lines + counts.skipped;
  if (rows === lines) return;
  throw new InputError({ path }, `has ${rows} rows, but ${name} has ${lines} lines. Embed the text again.`);
}
