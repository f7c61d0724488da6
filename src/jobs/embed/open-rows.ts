import { rm } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { WINDOW } from "../../embed/embed.js";
import { identifyFile } from "../../steps/texts/identify.js";
import { readingKey } from "../../steps/texts/side.js";
import type { SideText } from "../../steps/texts/source-kind.js";
import type { VectorType } from "../../store/arrays/number-types.js";
import { TypedRows } from "../../store/arrays/typed-rows.js";
import type { VectorsInfo } from "../../store/arrays/vectors-file.js";
import type { FileState } from "../../store/files/file-state.js";
import { isPipe } from "../../store/files/is-pipe.js";
import { claimUnfinished } from "../../store/files/unfinished.js";
import type { Shard } from "../../types/shard.js";

/** What is told of a text that can be read again; nothing of a stream, a pipe or sentences in memory. */
export async function describeText(
  { source, name, read }: SideText,
  output: string,
  signal?: AbortSignal,
): Promise<{ described?: VectorsInfo["text"]; state?: FileState }> {
  if (typeof source !== "string" || (await isPipe(source))) return {};
  const path = relative(dirname(resolve(output)), resolve(source));
  const { hash, state } = await identifyFile(source, { name, signal });
  return { described: { path, hash, read: readingKey(read) }, state };
}

/** All that the rows depend on. */
interface Work {
  space: string;
  task?: string;
  prompt?: string;
  language?: string;
  type: VectorType;
  text?: VectorsInfo["text"];
  part?: Shard;
  /** SHA-256 of the file that the vectors come from. */
  from?: string;
}

/** Rows beside the output. What an interrupted run over a file had embedded is gone on with, in whole windows. */
export async function openRows(
  path: string,
  dimensions: number,
  work: Work,
): Promise<{ rows: TypedRows } & AsyncDisposable> {
  const unfinished = await claimUnfinished(path, work);
  // A stream cannot be resumed: nobody knows whether the next one begins the same.
  const window = work.text ? WINDOW : Number.POSITIVE_INFINITY;
  const rows = await TypedRows.open(unfinished, work.type, dimensions, window);
  const close = async () => {
    await rows.close();
    if (rows.rows < window) await rm(unfinished, { force: true });
  };
  return { rows, [Symbol.asyncDispose]: close };
}
