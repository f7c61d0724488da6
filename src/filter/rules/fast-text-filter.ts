import { z } from "zod";
import { OptionError } from "../../errors.js";
import { defineRule } from "../rule.js";
import { ruleOptions, shares } from "../rule-options.js";

export const fastTextFilter = defineRule({
  name: "FastTextFilter",
  origin: "OpusFilter",
  description:
    "How sure fastText's lid.176 is of each side's language; 0 if it takes it for another language, 1 for an empty side.",
  options: ruleOptions({
    languages: z
      .tuple([z.string(), z.string()], {
        error: "expected a list of two languages: the source's and the target's",
      })
      .optional()
      .describe(
        "The languages of source and target, such as [de, en]; by default those of the configuration.",
      ),
    thresholds: shares(0).describe("Keep values above this."),
  }),
  create: async ({ languages: own, thresholds }, context) => {
    const model = await context.openLanguages();
    const languages = own?.map((code: string) => model.parse(code)) ?? context.languages;
    if (!languages)
      throw new OptionError("FastTextFilter needs to know the languages of source and target.", {
        advice: "Name them, such as [de, en].",
      });
    return {
      of: "side",
      measure: ({ text }, side) => {
        if (text === "") return 1;
        const { language, score } = model.identify(text);
        return model.covers(languages[side], language) ? score : 0;
      },
      bounds: [{ option: "thresholds", keeps: "more than", limits: thresholds }],
    };
  },
});
