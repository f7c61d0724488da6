import { z } from "zod";
import { identifierRule } from "../identifier-rule.js";
import { defineRule } from "../rule.js";
import { orNone, ruleOptions, shareThresholdsOrNone } from "../rule-options.js";
import { languageOptions } from "../side-languages.js";

/** The languages that alone are thought of, as OpusFilter's rules for langid and lingua have them. */
export const langidLanguages = orNone(
  z.array(z.string(), { error: "expected a list of languages" }).min(1),
).describe("The languages that alone are thought of; by default all.");

export const langidFilter = defineRule({
  name: "LangidFilter",
  origin: "OpusFilter",
  description: "What FastTextFilter measures, in place of langid; a message says so.",
  options: ruleOptions({
    ...languageOptions,
    thresholds: shareThresholdsOrNone(0).describe("Keep values above this; a negative one keeps all."),
    langid_languages: langidLanguages,
  }),
  create: ({ langid_languages: candidates, ...options }, context) =>
    identifierRule({ rule: "LangidFilter", other: "langid", candidates, ...options }, context),
});
