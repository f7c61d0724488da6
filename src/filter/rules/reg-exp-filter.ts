import { z } from "zod";
import { OptionError } from "../../errors.js";
import { defineRule } from "../rule.js";
import { perSide, ruleOptions } from "../rule-options.js";

export const regExpFilter = defineRule({
  name: "RegExpFilter",
  origin: "OpusFilter",
  description: "1 if a side matches its regular expression; by default such pairs are rejected.",
  options: ruleOptions({
    regexps: perSide(z.string(), "a regular expression of JavaScript", "[\\u0000-\\u0008\\ufffd]").describe(
      "The regular expression, with the u flag; by default control and replacement characters.",
    ),
    accept_match: z.boolean().default(false).describe("Keep only pairs with both sides matching."),
  }),
  create: ({ regexps, accept_match }) => {
    const compiled = regexps.map(compile);
    return {
      of: "side",
      measure: ({ text }, side) => (compiled[side].test(text) ? 1 : 0),
      bounds: [
        accept_match
          ? { option: "regexps", keeps: "at least", limits: [1, 1] }
          : { option: "regexps", keeps: "at most", limits: [0, 0] },
      ],
    };
  },
});

function compile(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch (error) {
    throw new OptionError(`RegExpFilter: ${(error as Error).message}.`, { cause: error });
  }
}
