import { z } from "zod";
import { OptionError } from "../../errors.js";
import { identifierRule } from "../identifier-rule.js";
import { defineRule } from "../rule.js";
import { orNone, ruleOptions, shareThresholdsOrNone } from "../rule-options.js";
import { languageOptions } from "../side-languages.js";
import { langidLanguages } from "./langid-filter.js";

const METHODS = ["langid", "cld2", "fasttext", "lingua"] as const;
/** The methods that an option is for; OpusFilter refuses it with another. */
const FOR = {
  fasttext_model_path: ["fasttext"],
  langid_languages: ["langid", "lingua"],
  cld2_options: ["cld2"],
  lingua_mode: ["lingua"],
} as const;

export const languageIdFilter = defineRule({
  name: "LanguageIDFilter",
  origin: "OpusFilter",
  description:
    "What FastTextFilter measures, whatever the method; a message says so where it is not fasttext. OpusFilter's older name for FastTextFilter, LangidFilter, Cld2Filter and LinguaFilter.",
  options: ruleOptions({
    ...languageOptions,
    id_method: z.enum(METHODS).default("langid").describe("What is asked in OpusFilter."),
    thresholds: shareThresholdsOrNone(0).describe("Keep values above this; a negative one keeps all."),
    fasttext_model_path: orNone(z.string()).describe(
      "The model, .bin or .ftz; for fasttext alone. By default that of the command, or lid.176.",
    ),
    langid_languages: langidLanguages,
    cld2_options: orNone(z.record(z.string(), z.unknown())).describe(
      "For cld2 alone; says nothing to fastText.",
    ),
    lingua_mode: orNone(z.enum(["low", "high"])).describe("For lingua alone; says nothing to fastText."),
  }),
  create: (options, context) => {
    const { id_method: method, languages, thresholds } = options;
    for (const [option, methods] of Object.entries(FOR) as [keyof typeof FOR, readonly string[]][])
      if (options[option] !== undefined && !methods.includes(method))
        throw new OptionError(`LanguageIDFilter with id_method ${method} has no ${option}.`, {
          advice: `It is for ${methods.join(" and ")}.`,
        });
    const { fasttext_model_path: model, langid_languages: candidates } = options;
    const other = method === "fasttext" ? undefined : method;
    return identifierRule(
      { rule: "LanguageIDFilter", other, model, candidates, languages, thresholds },
      context,
    );
  },
});
