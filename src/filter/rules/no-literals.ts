import { z } from "zod";
import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

const LITERALS = ["Re:", "{{", "%s", "}}", "+++", "***", '="'];

export const noLiterals = defineRule({
  name: "no_literals",
  origin: "Bicleaner hardrules",
  description: "How many of these strings each side has; rejected if any.",
  options: ruleOptions({
    literals: z.array(z.string().min(1)).default(LITERALS).describe("The strings that no side may have."),
  }),
  create: ({ literals }) => ({
    of: "side",
    measure: ({ text }) => {
      let found = 0;
      for (const literal of literals) if (text.includes(literal)) found++;
      return found;
    },
    bounds: NONE,
  }),
});
