import { both, count, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

export const quoteFilter = defineRule({
  name: "QuoteFilter",
  origin: "crisscross",
  description:
    "By how many brackets and quotation marks the sides differ, whatever their kind; apostrophes are none.",
  options: ruleOptions({ threshold: count(4).describe("The most that is kept.") }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => Math.abs(countMarks(source.text) - countMarks(target.text)),
    bounds: [{ option: "threshold", keeps: "at most", limits: both(threshold) }],
  }),
});

const MARK = /["“”„«»‹›「」『』《》〈〉()（）[\]{}]/g;
const countMarks = (text: string) => text.match(MARK)?.length ?? 0;
