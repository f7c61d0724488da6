import { OptionError } from "../../errors.js";

interface Described {
  space: string;
  dimensions: number;
}

/** @throws OptionError if vectors of both sides cannot be compared */
export function checkSpaces(source: Described, target: Described): void {
  if (source.space === target.space && source.dimensions === target.dimensions) return;
  if (source.space === target.space)
    throw new OptionError(
      `The source's vectors have ${source.dimensions} dimensions, the target's ${target.dimensions}: they cannot be compared.`,
      { advice: "Embed both with one encoder." },
    );
  throw new OptionError(
    `The source's vectors are of ${source.space}, the target's of ${target.space}: they cannot be compared.`,
    { advice: "Embed both with one encoder." },
  );
}
