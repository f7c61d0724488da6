import { z } from "zod";
import { identifierRule } from "../identifier-rule.js";
import { defineRule } from "../rule.js";
import { orNone, ruleOptions, shareThresholdsOrNone } from "../rule-options.js";
import { languageOptions } from "../side-languages.js";

export const fastTextFilter = defineRule({
  name: "FastTextFilter",
  origin: "OpusFilter",
  description:
    "How sure a fastText model is of each side's language; 0 if it takes it for another language, 1 for an empty side. A text that the model knows nothing of may be in any language, and is as sure as the model's guess at nothing: 0.12 of lid.176.",
  options: ruleOptions({
    ...languageOptions,
    model_path: orNone(z.string()).describe(
      "The model, .bin or .ftz; by default that of the command, or lid.176.",
    ),
    thresholds: shareThresholdsOrNone(0).describe("Keep values above this; a negative one keeps all."),
  }),
  create: ({ model_path: model, ...options }, context) =>
    identifierRule({ rule: "FastTextFilter", model, ...options }, context),
});
