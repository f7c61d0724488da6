import { z } from "zod";
import { identifierRule } from "../identifier-rule.js";
import { defineRule } from "../rule.js";
import { ignored, ruleOptions, shareThresholdsOrNone } from "../rule-options.js";
import { languageOptions } from "../side-languages.js";
import { langidLanguages } from "./langid-filter.js";

export const linguaFilter = defineRule({
  name: "LinguaFilter",
  origin: "OpusFilter",
  description: "What FastTextFilter measures, in place of lingua; a message says so.",
  options: ruleOptions({
    ...languageOptions,
    thresholds: shareThresholdsOrNone(0).describe("Keep values above this; a negative one keeps all."),
    langid_languages: langidLanguages,
    lingua_mode: ignored(z.enum(["low", "high"]), "Says nothing to fastText"),
  }),
  create: ({ langid_languages: candidates, languages, thresholds }, context) =>
    identifierRule({ rule: "LinguaFilter", other: "lingua", candidates, languages, thresholds }, context),
});
