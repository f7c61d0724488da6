import { CANDIDATE_BYTES, tellBytes } from "../../steps/neighbours/disk-use.js";
import type { Side } from "../../steps/texts/side.js";
import { vectorsStage } from "../../steps/vectors/vectors-stage.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { KeptVectors, KnownEncoder } from "./known-encoder.js";
import { type EmbedOptions, openWhenNeeded } from "./lazy-encoder.js";
import { FOLDERS, STAGES } from "./names.js";
import { placeStage } from "./placed-stage.js";
import type { Plan } from "./plan.js";

export interface KeepOptions extends EmbedOptions {
  /** Neighbours of each sentence, and rounds that keep them: they decide how much room the run takes, too. */
  k: number;
  rounds: number;
}

/** Keeps an encoder's vectors of a loop's texts in its run; the encoder is opened where one is asked for first. */
export function keepVectors(
  encoder: KnownEncoder,
  plan: Plan,
  texts: readonly Side[],
  run: RunFolder,
  { k, rounds, ...options }: KeepOptions,
): KeptVectors {
  const lazy = openWhenNeeded(encoder, options);
  const sentences = (text: number) => texts[text].texts.length;
  const all = texts.reduce((sum, side) => sum + side.texts.length, 0);
  const searched = plan.pairs.reduce(
    (sum, { source, target }) => sum + sentences(source) + sentences(target),
    0,
  );
  let told: Promise<void> | undefined;
  const open = async (text: number) => {
    const source = await lazy.sourceOf(texts[text]);
    // Beside what is kept, a round's own vectors are there while it mines.
    const bytes = 2 * all * source.dimensions * 4 + (rounds + 1) * searched * k * CANDIDATE_BYTES;
    told ??= tellBytes(run.path, bytes, options.onEvent);
    await told;
    return source;
  };
  return {
    of: (text) => {
      const { name } = plan.texts[text];
      const source = { key: { encoder: encoder.key }, open: () => open(text) };
      const stage = vectorsStage(name, texts[text], source);
      return run.keep(placeStage(stage, STAGES.keptVectors(name), FOLDERS.keptVectors));
    },
    close: lazy.close,
  };
}
