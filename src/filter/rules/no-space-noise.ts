import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

const SPACED = /(?: \D){4} /;

export const noSpaceNoise = defineRule({
  name: "no_space_noise",
  origin: "Bicleaner hardrules",
  description: "1, and rejected, if a side has letters spaced out l i k e t h i s.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (SPACED.test(text) ? 1 : 0),
    bounds: NONE,
  }),
});
