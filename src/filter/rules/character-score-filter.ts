import { z } from "zod";
import { OptionError } from "../../errors.js";
import { defineRule } from "../rule.js";
import { orNone, ruleOptions, shareThresholdsOrNone } from "../rule-options.js";
import { openScript, scriptsOf } from "../scripts.js";

export const characterScoreFilter = defineRule({
  name: "CharacterScoreFilter",
  origin: "OpusFilter",
  description:
    "Share of each side's letters that belong to its script; 1 for a side without letters. Unlike there, a letter that scripts share belongs to each of them: vowel signs of Arabic, the apostrophe ʼ, the long vowel mark of Japanese.",
  options: ruleOptions({
    scripts: orNone(
      z.tuple([z.string(), z.string()], {
        error: "expected a list of two scripts: the source's and the target's",
      }),
    ).describe(
      "The scripts of source and target, such as [Latin, Cyrillic]; by default those of the languages.",
    ),
    thresholds: shareThresholdsOrNone(1).describe("Keep at least this share."),
  }),
  create: ({ scripts, thresholds }, { languages }) => {
    if (!scripts && !languages)
      throw new OptionError("CharacterScoreFilter needs to know the scripts.", {
        advice: "Name them, such as [Latin, Cyrillic], or the languages, such as de,ru.",
      });
    const counters = [0, 1].map((side) =>
      openScript(scripts ? [scripts[side]] : scriptsOf(languages![side])),
    );
    return {
      of: "side",
      measure: ({ text }, side) => {
        const { letters, inScript } = counters[side](text);
        return letters === 0 ? 1 : inScript / letters;
      },
      bounds: [{ option: "thresholds", keeps: "at least", limits: thresholds }],
    };
  },
});
