import type { EmbedOptions, VectorSink } from "../../embed/embed.js";
import { embed } from "../../embed/embed.js";
import { holdUnfitted } from "../../steps/vectors/hold-encoder.js";
import { type ImportHooks, openForeignRows } from "../../steps/vectors/import-rows.js";
import { notFinite } from "../../steps/vectors/reject-vector.js";
import type { Encoder } from "../../types/encoder.js";
import type { EmbedFileOptions } from "./options.js";

/** What gives lines their vectors: an encoder, or a file that another program made. */
export interface LineVectors
  extends Pick<Encoder, "space" | "dimensions" | "blocks" | "centre" | "description">,
    AsyncDisposable {
  task?: string;
  prompt?: string;
  language?: string;
  /** SHA-256 of the file. */
  from?: string;
  fill(
    windows: AsyncIterable<string[]>,
    sink: VectorSink,
    hooks: ImportHooks &
      Pick<EmbedOptions, "onTruncated"> & {
        /** The line of the first row, from 0. */
        first: number;
      },
  ): Promise<void>;
}

export async function openLineVectors(options: EmbedFileOptions): Promise<LineVectors> {
  const { from, encoder: given } = options;
  if (from !== undefined) {
    const { space, dimensions, hash, fill } = await openForeignRows(from, options);
    return { space, dimensions, from: hash, fill, [Symbol.asyncDispose]: async () => {} };
  }
  const { encoder, ...held } = await holdUnfitted(given, options);
  const { space, dimensions, blocks, centre, description } = encoder;
  return {
    space,
    dimensions,
    blocks,
    centre,
    description,
    task: encoder.tasks?.source,
    prompt: encoder.prompts?.source,
    language: encoder.languages?.codeOf("source"),
    fill: (windows, sink, { name, first, report, ...hooks }) => {
      const onNotFinite = (row: number) => report(notFinite({ path: name, line: first + row + 1 }, space));
      return embed(windows, encoder, sink, { ...hooks, onNotFinite });
    },
    [Symbol.asyncDispose]: held[Symbol.asyncDispose],
  };
}
