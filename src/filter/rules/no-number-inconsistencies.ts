import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

export const noNumberInconsistencies = defineRule({
  name: "no_number_inconsistencies",
  origin: "Bicleaner hardrules",
  description: "1, and rejected, if the sides do not have the same digits, in any order.",
  options: ruleOptions({}),
  create: () => {
    const balance = new Int32Array(10);
    const tally = (text: string, step: number) => {
      for (let i = 0; i < text.length; i++) {
        const digit = text.charCodeAt(i) - 0x30;
        if (digit >= 0 && digit <= 9) balance[digit] += step;
      }
    };
    return {
      of: "pair",
      measure: ({ source, target }) => {
        balance.fill(0);
        tally(source.text, 1);
        tally(target.text, -1);
        return balance.every((difference) => difference === 0) ? 0 : 1;
      },
      bounds: NONE,
    };
  },
});
