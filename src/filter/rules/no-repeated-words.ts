import { count, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

export const noRepeatedWords = defineRule({
  name: "no_repeated_words",
  origin: "Bicleaner hardrules",
  description: "How often a word of three and more letters follows itself, case aside, in either side.",
  options: ruleOptions({ threshold: count(0).describe("The most that is kept.") }),
  create: ({ threshold }) => ({
    of: "side",
    measure: ({ text }) => {
      let repeats = 0;
      let previous = "";
      for (const word of text.split(" ")) {
        if (word.length >= 3 && word.length === previous.length && LETTERS.test(word) && same(word, previous))
          repeats++;
        previous = word;
      }
      return repeats;
    },
    bounds: [{ option: "threshold", keeps: "at most", limits: [threshold, threshold] }],
  }),
});

const LETTERS = /\p{L}{3}/u;
const same = (a: string, b: string) => a === b || a.toLowerCase() === b.toLowerCase();
