import { z } from "zod";
import { defineRule } from "../rule.js";
import { ruleOptions, shares } from "../rule-options.js";
import { languageOptions, openSides } from "../side-languages.js";

export const fastTextFilter = defineRule({
  name: "FastTextFilter",
  origin: "OpusFilter",
  description:
    "How sure a fastText model is of each side's language; 0 if it takes it for another language, 1 for an empty side. A text that the model knows nothing of may be in any language, and is as sure as the model's guess at nothing: 0.12 of lid.176.",
  options: ruleOptions({
    ...languageOptions,
    model_path: z
      .string()
      .optional()
      .describe("The model, .bin or .ftz; by default that of the command, or lid.176."),
    thresholds: shares(0).describe("Keep values above this."),
  }),
  create: async ({ languages: own, model_path, thresholds }, context) => {
    const { model, languages } = await openSides("FastTextFilter", own, model_path, context);
    return {
      of: "side",
      measure: ({ text }, side) => {
        if (text === "") return 1;
        const { language, score } = model.identifyAsIs(text);
        if (language === "und") return model.scoreOfNothing;
        return model.covers(languages[side], language) ? score : 0;
      },
      bounds: [{ option: "thresholds", keeps: "more than", limits: thresholds }],
    };
  },
});
