import { inLanguages } from "../../embed/languages.js";
import { openEncoder } from "../../embed/open-encoder.js";
import type { JobEvent } from "../../events.js";
import type { Side } from "../../steps/texts/side.js";
import { shareEncoder } from "../../steps/vectors/encoder-source.js";
import type { VectorSource } from "../../steps/vectors/vectors-stage.js";
import type { Encoder } from "../../types/encoder.js";
import type { KnownEncoder } from "./known-encoder.js";

export interface EmbedOptions {
  threads?: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** An encoder that is opened when the first text has to be embedded, and again after it was closed. */
export interface LazyEncoder {
  /** @param language of the side's texts, for an encoder that has to be told */
  sourceOf(side: Side, language: string): Promise<VectorSource>;
  close(): Promise<void>;
}

export function openWhenNeeded(
  { folder, name = folder, options: how }: KnownEncoder,
  { threads, signal, onEvent }: EmbedOptions,
): LazyEncoder {
  let opened: Promise<Encoder> | undefined;
  return {
    sourceOf: async (side, language) => {
      opened ??= openEncoder(name, { ...how, threads });
      const shared = { encoder: inLanguages(await opened, { source: language }), signal, onEvent };
      return (await shareEncoder({ source: side, target: side }, shared)).sourceOf("source").open();
    },
    close: async () => {
      const closing = opened;
      opened = undefined;
      await (await closing?.catch(() => undefined))?.close?.();
    },
  };
}
