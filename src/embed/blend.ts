import { OptionError } from "../errors.js";
import type { Encoder } from "../types/encoder.js";
import type { VectorBlock } from "../types/vectors.js";
import { option, say } from "../wording.js";
import { normaliseRows } from "./normalise.js";

/**
 * An encoder whose vectors are those of two encoders side by side, each brought to unit length and then weighted, so
 * that a cosine is (1 − w) times the first's and w times the second's. It asks for centring.
 *
 * @param weight the second's share w of a cosine, between 0 and 1
 * @throws OptionError if the weight is not between 0 and 1, both encoders must be fitted, or the second one has to be told
 *   languages
 */
export function blendEncoders(first: Encoder, second: Encoder, weight: number): Encoder {
  checkBlendWeight(weight);
  if (first.fit && second.fit)
    throw new OptionError(
      `${first.space} and ${second.space} both have to be fitted, but a blend can have only one such encoder.`,
      { advice: "Blend one of them with an encoder's folder." },
    );
  if (second.languages)
    throw new OptionError(
      say`${second.space} has to be told the language of a text, but ${option("blend")} opens it without.`,
      { advice: say`Give it as ${option("encoder")}, and blend the other one into it.` },
    );
  const blocks: VectorBlock[] = [
    { dimensions: first.dimensions, weight: 1 - weight },
    { dimensions: second.dimensions, weight },
  ];
  const fit: Encoder["fit"] = async (batches) =>
    first.fit
      ? blendEncoders(await first.fit(batches), second, weight)
      : blendEncoders(first, await second.fit!(batches), weight);
  return {
    space: `${first.space}+${weight}×${second.space}${promptOf(second)}`,
    dimensions: first.dimensions + second.dimensions,
    tasks: first.tasks,
    prompts: first.prompts,
    languages: first.languages,
    maxTokens: first.maxTokens,
    centre: true,
    blocks,
    description: `${first.description ?? first.space}; with ${weight} of ${second.description ?? second.space}`,
    fit: first.fit || second.fit ? fit : undefined,
    encode: async (texts, options) => {
      // A lower bound: a text may be too long for one encoder or for both.
      let truncated = 0;
      const onTruncated = (count: number) => {
        truncated = Math.max(truncated, count);
      };
      const { side, signal } = options ?? {};
      const theirs = await second.encode(texts, { side, signal, onTruncated });
      const ours = await first.encode(texts, { ...options, onTruncated });
      if (truncated > 0) options?.onTruncated?.(truncated);
      return beside(ours, theirs, blocks);
    },
    close: async () => {
      await first.close?.();
      await second.close?.();
    },
  };
}

/** @throws OptionError if the second's share of a cosine leaves nothing for one of them */
export function checkBlendWeight(weight: number): void {
  if (weight > 0 && weight < 1) return;
  throw new OptionError(
    say`The weight of ${option("blend")} is ${weight}; expected a number between 0 and 1.`,
  );
}

/** The second's prompt is that of its own folder, so its space does not name it. */
function promptOf({ prompts }: Encoder): string {
  return prompts ? ` (${JSON.stringify(prompts.source)})` : "";
}

/** Row by row the unit vectors of both. */
function beside(
  first: Float32Array,
  second: Float32Array,
  [{ dimensions: width }, { dimensions: rest }]: readonly VectorBlock[],
): Float32Array {
  normaliseRows(first, width);
  normaliseRows(second, rest);
  const rows = first.length / width;
  const both = new Float32Array(rows * (width + rest));
  for (let row = 0; row < rows; row++) {
    both.set(first.subarray(row * width, (row + 1) * width), row * (width + rest));
    both.set(second.subarray(row * rest, (row + 1) * rest), row * (width + rest) + width);
  }
  return both;
}
