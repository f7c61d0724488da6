import { readdir } from "node:fs/promises";
import { inLanguages } from "../../../../embed/languages.js";
import { openEncoder } from "../../../../embed/open-encoder.js";
import { ModelError, OptionError } from "../../../../errors.js";
import { areFinite } from "../../../../statistics/are-finite.js";

/**
 * Why the loop cannot go on with the folder that a program left; undefined if it can. The encoder has to give some
 * vectors, too: a fault in them would show only later, when the round counts as done.
 *
 * @param expected the size of the start's vectors, and sentences of a language to try
 */
export async function findProblem(
  folder: string,
  expected: { dimensions: number; sample: readonly string[]; language: string; threads?: number },
): Promise<string | undefined> {
  const { dimensions, sample, language, threads } = expected;
  // The program may have removed the folder, too.
  const left = await readdir(folder).catch(() => []);
  if (left.length === 0) return "left nothing in the folder for the new encoder";
  try {
    const encoder = await openEncoder(folder, { threads });
    try {
      if (encoder.dimensions !== dimensions)
        return `left an encoder of ${encoder.dimensions} dimensions, but the one that it started from has ${dimensions}`;
      const vectors = await inLanguages(encoder, { source: language }).encode(sample);
      if (!areFinite(vectors)) return "left an encoder whose vectors are not finite (NaN)";
      if (vectors.every((value) => value === 0)) return "left an encoder whose vectors are all zeros";
    } finally {
      await encoder.close?.();
    }
  } catch (error) {
    if (!(error instanceof ModelError || error instanceof OptionError)) throw error;
    return `left no encoder that can be used: ${error.problem.replace(/\.$/, "")}`;
  }
  return undefined;
}
