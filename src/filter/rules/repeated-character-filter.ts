import { defineRule } from "../rule.js";
import { numbers, ruleOptions } from "../rule-options.js";

export const repeatedCharacterFilter = defineRule({
  name: "RepeatedCharacterFilter",
  origin: "crisscross",
  description: "Length of each side's longest run of one character: 3 in Nooo.",
  options: ruleOptions({ threshold: numbers(10).describe("Keep at most this.") }),
  create: ({ threshold }) => ({
    of: "side",
    measure: ({ text }) => longestRun(text),
    bounds: [{ option: "threshold", keeps: "at most", limits: threshold }],
  }),
});

function longestRun(text: string): number {
  let longest = 0;
  let run = 0;
  let previous = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    if (code > 0xffff) i++;
    run = code === previous ? run + 1 : 1;
    if (run > longest) longest = run;
    previous = code;
  }
  return longest;
}
