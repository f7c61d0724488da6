import { z } from "zod";
import { OptionError } from "../../errors.js";
import { lengthOf } from "../length-of.js";
import { defineRule, type Side } from "../rule.js";
import { both, number, ruleOptions, units } from "../rule-options.js";
import type { TextFacts } from "../text-facts.js";
import { typicalLength } from "../typical-lengths.js";

export const lengthRatioFilter = defineRule({
  name: "LengthRatioFilter",
  origin: "OpusFilter",
  description: "The longer side's length divided by the shorter's; 0 if both are empty.",
  options: ruleOptions({
    threshold: number(3).describe("Keep ratios below this."),
    unit: units("word").describe("What to count."),
    by_language: z
      .boolean()
      .default(false)
      .describe("First divide each length by what is usual in its language, so that 1 is the usual ratio."),
    by_script: z
      .boolean()
      .default(false)
      .describe("Count a Han character as three, and one of kana or Hangul as two; for characters only."),
  }),
  create: ({ threshold, unit, by_language, by_script }, { languages }) => {
    if (by_language && !languages)
      throw new OptionError(
        "LengthRatioFilter with by_language needs to know the languages of source and target.",
        { advice: "Name both, such as de,en." },
      );
    if (by_script && (by_language || unit.includes("word")))
      throw new OptionError("LengthRatioFilter with by_script counts characters and knows no languages.", {
        advice: "Choose by_script or by_language.",
      });
    const measure = (text: TextFacts, side: Side) =>
      by_script ? text.counts.weighted : lengthOf(text, unit[side]);
    const usual = [0, 1].map((side) => (by_language ? typicalLength(languages![side], unit[side]) : 1));
    return {
      of: "pair",
      measure: ({ source, target }) => {
        const a = measure(source, 0) / usual[0];
        const b = measure(target, 1) / usual[1];
        return a === b ? Math.sign(a) : Math.max(a, b) / Math.min(a, b);
      },
      bounds: [{ option: "threshold", keeps: "less than", limits: both(threshold) }],
    };
  },
});
