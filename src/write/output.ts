import type { Writable } from "node:stream";
import { openText } from "./text-sink.js";

/** Writes text to a file or a stream, at the pace that it takes it; a file is there whole or not at all. */
export async function writeText(
  texts: AsyncIterable<string>,
  output: string | Writable,
  signal?: AbortSignal,
): Promise<void> {
  await using sink = openText(output, signal);
  for await (const text of texts) await sink.write(text);
  await sink.finish();
}
