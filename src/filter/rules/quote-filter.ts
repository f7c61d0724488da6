import { defineRule } from "../rule.js";
import { both, count, ruleOptions } from "../rule-options.js";

export const quoteFilter = defineRule({
  name: "QuoteFilter",
  origin: "crisscross",
  description:
    "Difference between the numbers of brackets and quotation marks of the sides, of whatever kind; apostrophes do not count.",
  options: ruleOptions({ threshold: count(4).describe("Keep at most this.") }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => Math.abs(countMarks(source.text) - countMarks(target.text)),
    bounds: [{ option: "threshold", keeps: "at most", limits: both(threshold) }],
  }),
});

const MARK = /["“”„«»‹›「」『』《》〈〉()（）[\]{}]/g;
const countMarks = (text: string) => text.match(MARK)?.length ?? 0;
