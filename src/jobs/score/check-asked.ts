import { ENCODER_OPTIONS } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import { INDEX_OPTIONS } from "../../steps/neighbours/indexes/index-options.js";
import { VECTORS_BESIDE_OPTIONS } from "../../steps/vectors/vectors-beside.js";
import { option, say } from "../../wording.js";
import { RESCORES, type Score, VECTOR_SCORES } from "./pair-scorer.js";

/** What says how vectors are made and searched. */
const OF_VECTORS = [ENCODER_OPTIONS, INDEX_OPTIONS, VECTORS_BESIDE_OPTIONS]
  .flatMap((names) => Object.keys(names))
  .filter((name) => !["threads", "signal", "onEvent"].includes(name))
  .concat("encoder", "neighbourhood", "k", "guard", "centre", "memory");

/** Whether one of some scores is made of both sides' vectors; without a re-scorer all come with them. */
export const needsVectors = (names: readonly Score[], { rescore }: { rescore?: string }) =>
  rescore === undefined || names.some((name) => (VECTOR_SCORES as readonly Score[]).includes(name));

/** @throws OptionError if scores and a re-scorer do not belong together, or an option would have no effect */
export function checkAsked(names: readonly Score[], options: { rescore?: string }): void {
  const { rescore } = options;
  const rescored = names.find((name) => (RESCORES as readonly Score[]).includes(name));
  if (rescore === undefined && rescored !== undefined)
    throw new OptionError(say`${rescored} is what a re-scorer gives, but none is given.`, {
      advice: say`Give ${option("rescore")}, or ask for another score.`,
    });
  if (rescore !== undefined && rescored === undefined)
    throw new OptionError(
      say`${option("rescore")} is given, but neither ${option("score")} nor ${option("add")} asks for what it gives.`,
      { advice: say`Leave ${option("score")} out, or pass ${option("add", "rescore")}.` },
    );
  if (needsVectors(names, options)) return;
  const given: Partial<Record<string, unknown>> = { ...options };
  const needless = OF_VECTORS.find((name) => isGiven(given[name]));
  if (needless !== undefined)
    throw new OptionError(
      say`${option(needless)} is of vectors, but the scores that are asked for need none: ${names.join(", ")}.`,
      { advice: say`Leave it out, or pass ${option("add", "cosine")} or another score of vectors.` },
    );
}

const isGiven = (value: unknown): boolean =>
  value !== undefined &&
  (Object.getPrototypeOf(value) !== Object.prototype || Object.values(value as object).some(isGiven));
