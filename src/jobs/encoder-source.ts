import { embed, textWindows } from "../embed/embed.js";
import { type EncoderOptions, openEncoder } from "../embed/open-encoder.js";
import { concatenate } from "../flow/concatenate.js";
import type { Encoder } from "../types.js";
import type { JobEvent } from "./events.js";
import { rejectVector } from "./reject-vector.js";
import type { Sides } from "./side.js";
import type { LazySource } from "./vectors-stage.js";

export interface EncoderSourceOptions extends EncoderOptions {
  encoder?: string | Encoder;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** One encoder for both sides; if it needs fitting, it is fitted on both when the first vector is asked for. */
export async function shareEncoder(
  { source, target }: Sides,
  options: EncoderSourceOptions,
): Promise<LazySource & { close(): Promise<void> }> {
  const { encoder: given, signal, onEvent } = options;
  const encoder = typeof given === "object" ? given : await openEncoder(given, options);
  const fittedOn = encoder.fit && [source.textHash, target.textHash];
  const fitOnBoth = async () =>
    encoder.fit ? encoder.fit(concatenate(textWindows(source.texts), textWindows(target.texts))) : encoder;
  let fitted: Promise<Encoder> | undefined;
  return {
    key: { encoder: encoder.space, fittedOn },
    dimensions: encoder.dimensions,
    open: async () => {
      fitted ??= fitOnBoth();
      const ready = await fitted;
      const { space, dimensions } = ready;
      return {
        space,
        dimensions,
        fill: (side, stage, sink) =>
          embed(textWindows(side.texts, sink.rows), ready, sink, {
            signal,
            reject: (text) => rejectVector(side, text, space),
            onProgress: (done) =>
              onEvent({ kind: "progress", stage, done, total: side.texts.length, unit: "sentences" }),
          }),
      };
    },
    close: async () => {
      if (typeof given !== "object") await encoder.close?.();
    },
  };
}
