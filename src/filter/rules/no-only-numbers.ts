import { z } from "zod";
import { EAST_ASIAN } from "../east-asian.js";
import { defineRule } from "../rule.js";
import { ruleOptions } from "../rule-options.js";

export const noOnlyNumbers = defineRule({
  name: "no_only_numbers",
  origin: "Bicleaner hardrules",
  description: "Share of digits among each side's characters. Unlike there, digits of every script count.",
  options: ruleOptions({
    threshold: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("Keep smaller shares; by default 0.5, and 0.7 for a side in zh, ja, ko, yue or bo."),
  }),
  create: ({ threshold }, { languages }) => {
    const limitOf = (side: 0 | 1) =>
      threshold ?? (EAST_ASIAN.includes(languages?.[side].split("-")[0] ?? "") ? 0.7 : 0.5);
    return {
      of: "side",
      measure: ({ counts }) => counts.digits / Math.max(1, counts.characters),
      bounds: [{ option: "threshold", keeps: "less than", limits: [limitOf(0), limitOf(1)] }],
    };
  },
});
