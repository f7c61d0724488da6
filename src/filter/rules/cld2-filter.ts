import { z } from "zod";
import { identifierRule } from "../identifier-rule.js";
import { defineRule } from "../rule.js";
import { ignored, ruleOptions, shareThresholdsOrNone } from "../rule-options.js";
import { languageOptions } from "../side-languages.js";

export const cld2Filter = defineRule({
  name: "Cld2Filter",
  origin: "OpusFilter",
  description: "What FastTextFilter measures, in place of CLD2; a message says so.",
  options: ruleOptions({
    ...languageOptions,
    thresholds: shareThresholdsOrNone(0).describe("Keep values above this; a negative one keeps all."),
    options: ignored(z.record(z.string(), z.unknown()), "Says nothing to fastText"),
  }),
  create: ({ languages, thresholds }, context) =>
    identifierRule({ rule: "Cld2Filter", other: "CLD2", languages, thresholds }, context),
});
