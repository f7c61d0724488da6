import { z } from "zod";
import { OptionError } from "../../errors.js";
import { compilePython } from "../expressions/python-expression.js";
import { timedSearch } from "../expressions/timed-search.js";
import { defineRule } from "../rule.js";
import { perSide, ruleOptions } from "../rule-options.js";

export const regExpFilter = defineRule({
  name: "RegExpFilter",
  origin: "OpusFilter",
  description: "1 if a side matches its regular expression; by default such pairs are rejected.",
  options: ruleOptions({
    regexps: perSide(z.string(), "a regular expression", "[\\u0000-\\u0008\\ufffd]").describe(
      "The regular expression, as Python's regex has it; by default control and replacement characters.",
    ),
    accept_match: z.boolean().default(false).describe("Keep only pairs with both sides matching."),
    time_limit: z
      .number()
      .positive()
      .default(1)
      .describe("Seconds that a search in one text may take; a longer one is an error."),
  }),
  create: ({ regexps, accept_match, time_limit }) => {
    const searches = regexps.map((source: string) => timedSearch(compile(source), source, time_limit));
    return {
      of: "side",
      measure: ({ text }, side) => (searches[side](text) ? 1 : 0),
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
    return compilePython(source);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    const { problem, advice } = error.wording;
    throw new OptionError(`RegExpFilter: ${problem}`, { advice, cause: error });
  }
}
