import { countUnmatched, numbersIn } from "../numbers-in.js";
import { defineRule } from "../rule.js";
import { both, count, ruleOptions } from "../rule-options.js";

export const numberMatchFilter = defineRule({
  name: "NumberMatchFilter",
  origin: "crisscross",
  description:
    'How many numbers differ: one for "3 of 5" and "3 of 7". It ignores zeros at either end, separators, the script of digits, the century of a decade (1980 and 80), how times and days are written (2.30 and 2:30), and numbers that one side leaves out or spells out.',
  options: ruleOptions({ threshold: count(0).describe("Keep at most this many.") }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => {
      const ours = numbersIn(source.text);
      if (ours.length === 0) return 0;
      return Math.min(...countUnmatched(ours, numbersIn(target.text)));
    },
    bounds: [{ option: "threshold", keeps: "at most", limits: both(threshold) }],
  }),
});
