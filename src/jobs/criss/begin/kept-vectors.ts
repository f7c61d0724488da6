import { CANDIDATE_BYTES, tellBytes } from "../../../steps/neighbours/disk-use.js";
import { vectorsStage } from "../../../steps/vectors/vectors-stage.js";
import { placeStage } from "../folder/placed-stage.js";
import type { KeptVectors, KnownEncoder } from "../known-encoder.js";
import { openWhenNeeded } from "../lazy-encoder.js";
import type { ReadLoop } from "../loop.js";

/**
 * Keeps an encoder's vectors of the loop's texts in the run; the encoder is opened when the first vector is missing.
 */
export function keepVectors(loop: ReadLoop, encoder: KnownEncoder): KeptVectors {
  const { run, plan, texts, stages, options } = loop;
  const lazy = openWhenNeeded(encoder, options);
  let told: Promise<void> | undefined;
  const open = async (text: number) => {
    const source = await lazy.sourceOf(texts[text], plan.texts[text].language);
    told ??= tellBytes(run.path, bytesOf(loop, source.dimensions), options.onEvent);
    await told;
    return source;
  };
  return {
    of: (text) => {
      const source = { key: { encoder: encoder.key }, open: () => open(text) };
      const stage = vectorsStage(plan.texts[text].name, texts[text], source);
      return run.keep(placeStage({ ...stage, silent: ["kept"] }, stages.vectors[text]));
    },
    close: lazy.close,
  };
}

/** How much disk the vectors and neighbours of all rounds take. */
function bytesOf({ plan, texts, options }: ReadLoop, dimensions: number): number {
  const { k, rounds } = options;
  const sentences = (text: number) => texts[text].texts.length;
  const all = texts.reduce((sum, side) => sum + side.texts.length, 0);
  const searched = plan.pairs.reduce(
    (sum, { source, target }) => sum + sentences(source) + sentences(target),
    0,
  );
  // A round's own vectors lie beside the kept ones while it mines.
  return 2 * all * dimensions * 4 + (rounds + 1) * searched * k * CANDIDATE_BYTES;
}
