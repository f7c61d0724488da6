import { z } from "zod";
import { tellOther } from "../identifier-rule.js";
import { defineRule } from "../rule.js";
import { ignored, perSide, ruleOptions, shareThresholdsOrNone } from "../rule-options.js";
import { languageOptions, openSides } from "../side-languages.js";

const OTHER = "heliport";

export const heliportSimpleFilter = defineRule({
  name: "HeliportSimpleFilter",
  origin: "OpusFilter",
  description:
    "1 if each side is in its language, 0.5 if nothing is known of it, otherwise 0; as a model of fastText says, in place of heliport, and a message says so.",
  options: ruleOptions({
    ...languageOptions,
    thresholds: shareThresholdsOrNone(0).describe("Keep values above this; a negative one keeps all."),
  }),
  create: async ({ languages: own, thresholds }, context) => {
    const { model, languages } = await openSides("HeliportSimpleFilter", own, undefined, context);
    tellOther("HeliportSimpleFilter", OTHER, context);
    return {
      of: "side",
      measure: ({ text }, side) => {
        if (text === "") return 1;
        const { language } = model.identifyAsIs(text);
        if (language === "und") return 0.5;
        return model.covers(languages[side], language) ? 1 : 0;
      },
      bounds: [{ option: "thresholds", keeps: "more than", limits: thresholds }],
    };
  },
});

const ofHeliport = z
  .number({ error: "expected a number" })
  .max(
    0,
    "is on heliport's scale, which a model of fastText does not have; expected 0, or write FastTextFilter",
  );

export const heliportConfidenceFilter = defineRule({
  name: "HeliportConfidenceFilter",
  origin: "OpusFilter",
  description:
    "1 if each side is in its language, or nothing is known of it, otherwise 0; as a model of fastText says, in place of heliport, and a message says so.",
  options: ruleOptions({
    ...languageOptions,
    thresholds: perSide(z.union([ofHeliport, z.null().transform(() => 0)]), "0 or less", 0).describe(
      "Keep values above this; a negative one keeps all. Heliport's confidence, from 0 to 7, there is none of.",
    ),
  }),
  create: async ({ languages: own, thresholds }, context) => {
    const { model, languages } = await openSides("HeliportConfidenceFilter", own, undefined, context);
    tellOther("HeliportConfidenceFilter", OTHER, context);
    return {
      of: "side",
      measure: ({ text }, side) => {
        if (text === "") return 1;
        const { language } = model.identifyAsIs(text);
        return language === "und" || model.covers(languages[side], language) ? 1 : 0;
      },
      bounds: [{ option: "thresholds", keeps: "more than", limits: thresholds }],
    };
  },
});

export const heliportProbabilityFilter = defineRule({
  name: "HeliportProbabilityFilter",
  origin: "OpusFilter",
  description:
    "How likely each side is of its language, also where another is likelier; 1 for an empty side, or one of which nothing is known. A model of fastText says so in place of heliport, and a message tells it.",
  options: ruleOptions({
    ...languageOptions,
    thresholds: shareThresholdsOrNone(0).describe("Keep values above this; a negative one keeps all."),
    topk: ignored(z.int(), "Says nothing to fastText, which weighs all languages"),
  }),
  create: async ({ languages: own, thresholds }, context) => {
    const { model, languages } = await openSides("HeliportProbabilityFilter", own, undefined, context);
    tellOther("HeliportProbabilityFilter", OTHER, context);
    const shares = languages.map((language) => model.openShares([language]));
    return {
      of: "side",
      measure: ({ text }, side) => (text === "" ? 1 : (shares[side](text)?.[0] ?? 1)),
      bounds: [{ option: "thresholds", keeps: "more than", limits: thresholds }],
    };
  },
});
