import { NONE, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

const SPACED = /(?: \D){4} /;

export const noSpaceNoise = defineRule({
  name: "no_space_noise",
  origin: "Bicleaner hardrules",
  description: "1 for a side with letters parted l i k e t h i s; none is kept.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (SPACED.test(text) ? 1 : 0),
    bounds: NONE,
  }),
});
