import { addressesIn } from "../addresses.js";
import { count, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

export const noUrls = defineRule({
  name: "no_urls",
  origin: "Bicleaner hardrules",
  description: "How many web and e-mail addresses each side has.",
  options: ruleOptions({ threshold: count(0).describe("The most that are kept.") }),
  create: ({ threshold }) => ({
    of: "side",
    measure: ({ text }) => addressesIn(text).length,
    bounds: [{ option: "threshold", keeps: "at most", limits: [threshold, threshold] }],
  }),
});
