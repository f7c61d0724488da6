import { z } from "zod";
import { OptionError } from "../../errors.js";
import { mayRepeat } from "../periods.js";
import { defineRule } from "../rule.js";
import { both, count, ruleOptions } from "../rule-options.js";

/** More than a text of any length repeats. */
const MOST_COUNTED = 2 ** 31 - 1;

export const repetitionFilter = defineRule({
  name: "RepetitionFilter",
  origin: "OpusFilter",
  description:
    "How often a substring of either side is repeated at once, spaces between ignored; 0 if less often than threshold.",
  options: ruleOptions({
    threshold: z
      .union([z.int().min(0), z.literal(Number.POSITIVE_INFINITY)], { error: "expected a whole number" })
      .default(2)
      .describe("Keep fewer repetitions; the first occurrence does not count."),
    min_length: count(3).describe("Characters of the shortest substring, at least 1."),
    max_length: count(100).describe("Characters of the longest substring."),
  }),
  create: ({ threshold, min_length, max_length }) => {
    if (min_length < 1 || threshold < 1)
      throw new OptionError("RepetitionFilter needs a threshold and a min_length of at least 1.");
    const most = Math.min(threshold, MOST_COUNTED);
    const repetition = new RegExp(`(\\S.{${min_length - 1},${max_length}}?)(?: *\\1){${most},}`, "u");
    const repeats = (text: string) => {
      if (!mayRepeat(text, min_length, max_length + 1, most)) return 0;
      const match = repetition.exec(text);
      return match ? match[0].split(match[1]).length - 2 : 0;
    };
    return {
      of: "pair",
      measure: ({ source, target }) => Math.max(repeats(source.text), repeats(target.text)),
      bounds: [{ option: "threshold", keeps: "less than", limits: both(threshold), measured: true }],
    };
  },
});
