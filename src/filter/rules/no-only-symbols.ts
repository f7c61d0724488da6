import { defineRule } from "../rule.js";
import { ruleOptions, shares } from "../rule-options.js";

export const noOnlySymbols = defineRule({
  name: "no_only_symbols",
  origin: "Bicleaner hardrules",
  description: "Share of letters among each side's characters; 1 for an empty side.",
  options: ruleOptions({ threshold: shares(0.1).describe("Keep larger shares.") }),
  create: ({ threshold }) => ({
    of: "side",
    measure: ({ counts }) => (counts.characters === 0 ? 1 : counts.letters / counts.characters),
    bounds: [{ option: "threshold", keeps: "more than", limits: threshold }],
  }),
});
