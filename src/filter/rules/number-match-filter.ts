import { countUnmatched, numbersIn } from "../numbers-in.js";
import { both, count, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

export const numberMatchFilter = defineRule({
  name: "NumberMatchFilter",
  origin: "crisscross",
  description:
    "How many numbers of one side stand against other ones of the other side: 3 of 5 and 3 of 7 make one. Zeros at either end, separators and scripts of digits do not matter, nor a decade's century, nor numbers that one side leaves out or spells.",
  options: ruleOptions({ threshold: count(0).describe("The most that are kept.") }),
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
