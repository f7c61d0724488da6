import { z } from "zod";
import { formatGroups, NEAR_LANGUAGES, nearTo } from "../../text/near-languages.js";
import { defineRule } from "../rule.js";
import { ruleOptions, shares } from "../rule-options.js";
import { languageOptions, openSides } from "../side-languages.js";

export const languageFilter = defineRule({
  name: "LanguageFilter",
  origin: "crisscross",
  description:
    "How likely each side is of its language or of one near to it, beside the likeliest other one: p / (p + q), whatever the case; 1 for a text without a letter, or of which the models know nothing. The models are lid.176 and one of the built-in encoder's languages.",
  options: ruleOptions({
    ...languageOptions,
    model: z
      .string()
      .optional()
      .describe("A model of fastText instead, .bin or .ftz; by default that of the command."),
    near: z
      .array(z.array(z.string()), { error: "expected a list of lists of languages" })
      .optional()
      .describe(
        `Languages that are not told apart, such as [[da, no], [hr, sr]]; by default those of the command, or ${formatGroups(NEAR_LANGUAGES)}.`,
      ),
    thresholds: shares(0.125).describe("Keep at least this."),
  }),
  create: async ({ languages: own, model: path, near, thresholds }, context) => {
    const { model, languages } = await openSides("LanguageFilter", own, path, context);
    const groups = near?.map((group: string[]) => group.map((code) => model.parse(code))) ?? context.near;
    const likeness = languages.map((language) => model.openLikeness(language, nearTo(language, groups)));
    return {
      of: "side",
      measure: ({ text }, side) => (text === "" ? 1 : (likeness[side](text) ?? 1)),
      bounds: [{ option: "thresholds", keeps: "at least", limits: thresholds }],
    };
  },
});
