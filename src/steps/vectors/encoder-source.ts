import { embed, textWindows } from "../../embed/embed.js";
import type { EncoderOptions } from "../../embed/open-encoder.js";
import { type JobEvent, tellTruncated } from "../../events.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";
import { note } from "../../wording.js";
import type { EmbeddedSide } from "./embedded-side.js";
import { fitEncoder } from "./fit-encoder.js";
import { holdEncoder } from "./hold-encoder.js";
import { rejectVector, reportVector } from "./reject-vector.js";
import type { LazySource } from "./vectors-stage.js";

export interface EncoderSourceOptions extends EncoderOptions {
  encoder?: string | Encoder;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** An encoder of both sides; disposing closes it. */
export interface SharedEncoder extends AsyncDisposable {
  /** As it was opened: it may still have to be fitted. */
  encoder: Encoder;
  /** The encoder that embeds both sides; fitted on them at the first call, if it is one that must be. */
  fitted(): Promise<Encoder>;
  /**
   * What gives a side its vectors.
   *
   * @throws OptionError if the encoder has to be told the language of the side's texts, and is not
   */
  sourceOf(name: SideName): LazySource;
}

/** One encoder for both sides; if it needs fitting, it is fitted on both when the first vector is asked for. */
export async function shareEncoder(
  { source, target }: Record<SideName, Pick<EmbeddedSide, "texts" | "textHash">>,
  options: EncoderSourceOptions,
): Promise<SharedEncoder> {
  const { signal, onEvent } = options;
  const held = await holdEncoder(options.encoder, options);
  const { encoder } = held;
  const fittedOn = encoder.fit && [source.textHash, target.textHash];
  const ready = async () => {
    if (encoder.description) onEvent(note(encoder.description));
    return fitEncoder(encoder, source.texts, target.texts);
  };
  let once: Promise<Encoder> | undefined;
  const fitted = () => {
    once ??= ready();
    return once;
  };
  const sourceOf: SharedEncoder["sourceOf"] = (name) => {
    const put = {
      task: encoder.tasks?.[name],
      prompt: encoder.prompts?.[name],
      language: encoder.languages?.codeOf(name),
    };
    return {
      space: encoder.fit ? undefined : encoder.space,
      key: { encoder: encoder.space, ...put, fittedOn },
      dimensions: encoder.dimensions,
      centre: encoder.centre,
      open: async () => {
        const { space, dimensions } = await fitted();
        return {
          space,
          ...put,
          dimensions,
          blocks: encoder.blocks,
          centre: encoder.centre,
          fill: async (side, stage, sink) => {
            let truncated = 0;
            await embed(textWindows(side.texts, sink.rows), await fitted(), sink, {
              side: name,
              signal,
              onNotFinite: (text) => reportVector(side, rejectVector(side, text, space)),
              onTruncated: (count) => {
                truncated += count;
              },
              onProgress: (done) =>
                onEvent({ kind: "progress", stage, done, total: side.texts.length, unit: "sentences" }),
            });
            tellTruncated(truncated, side.name, onEvent);
          },
        };
      },
    };
  };
  return { encoder, fitted, sourceOf, [Symbol.asyncDispose]: held[Symbol.asyncDispose] };
}
