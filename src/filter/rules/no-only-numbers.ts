import { ruleOptions, shares } from "../options.js";
import { defineRule } from "../rule.js";

export const noOnlyNumbers = defineRule({
  name: "no_only_numbers",
  origin: "Bicleaner hardrules",
  description: "Share of digits among each side's characters.",
  options: ruleOptions({ threshold: shares(0.5).describe("Smaller shares are kept.") }),
  create: ({ threshold }) => ({
    of: "side",
    measure: ({ counts }) => counts.digits / Math.max(1, counts.characters),
    bounds: [{ option: "threshold", keeps: "less than", limits: threshold }],
  }),
});
