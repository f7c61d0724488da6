import type { RunFolder } from "../../store/run-folder.js";
import type { Side } from "../side.js";
import { vectorsStage } from "../vectors-stage.js";
import type { KeptVectors, KnownEncoder } from "./known-encoder.js";
import { type EmbedOptions, openWhenNeeded } from "./lazy-encoder.js";
import { FOLDERS, STAGES } from "./names.js";
import { placeStage } from "./placed-stage.js";
import type { Plan } from "./plan.js";

/** Keeps an encoder's vectors of a loop's texts in its run; the encoder is opened where one is asked for first. */
export function keepVectors(
  encoder: KnownEncoder,
  plan: Plan,
  texts: readonly Side[],
  run: RunFolder,
  options: EmbedOptions,
): KeptVectors {
  const lazy = openWhenNeeded(encoder, options);
  return {
    of: (text) => {
      const { name } = plan.texts[text];
      const source = { key: { encoder: encoder.key }, open: () => lazy.sourceOf(texts[text]) };
      const stage = vectorsStage(name, texts[text], source);
      return run.keep(placeStage(stage, STAGES.keptVectors(name), FOLDERS.keptVectors));
    },
    close: lazy.close,
  };
}
