import { z } from "zod";
import { comparedBy } from "../../text/copy-key.js";
import { DUPLICATES_OF, duplicateKey } from "../duplicate-key.js";
import { HashedTexts } from "../hashed-texts.js";
import { defineRule, type FactPair } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

export const duplicateFilter = defineRule({
  name: "DuplicateFilter",
  origin: "crisscross",
  description:
    "1, and rejected, if this rule has kept the same texts before. Takes 12 to 23 bytes of memory a pair; the command dedup keeps to a memory limit.",
  options: ruleOptions({
    compare: z.enum(DUPLICATES_OF).default("pair").describe("What must not come again."),
    near: z
      .boolean()
      .default(false)
      .describe("Compare letters alone, and ignore case, spaces, digits and signs."),
  }),
  create: ({ compare, near }, { hash }) => {
    const admitted = new HashedTexts(hash);
    const textKey = comparedBy(near);
    const keyOf = ({ pair }: FactPair) => duplicateKey(compare, pair, textKey);
    return {
      of: "pair",
      measure: (pair) => (admitted.has(keyOf(pair)) ? 1 : 0),
      admit: (pair) => admitted.add(keyOf(pair)),
      bounds: NONE,
    };
  },
});
