import { warning } from "../../wording.js";
import type { ReadPairsOptions } from "./pairs-options.js";

/**
 * Counts units that give no pair, and tells their number at the end, unless the caller counts them.
 *
 * @param name what messages call the input
 */
export function countLeftOut<O extends Pick<ReadPairsOptions, "onLeftOut" | "onNote">>(
  options: O,
  name: string,
): { counting: O; tell(): void } {
  if (options.onLeftOut || !options.onNote) return { counting: options, tell: () => {} };
  const counts = { unit: 0, variant: 0 };
  const onLeftOut = (what: keyof typeof counts) => {
    counts[what]++;
  };
  return {
    counting: { ...options, onLeftOut },
    tell: () => {
      const { unit, variant } = counts;
      if (unit > 0)
        options.onNote?.(warning(`${name}: left out ${unit} units that are not in both languages.`));
      if (variant > 0)
        options.onNote?.(warning(`${name}: left out ${variant} variants beyond the two of a pair.`));
    },
  };
}
