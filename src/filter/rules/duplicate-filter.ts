import { z } from "zod";
import { both, count, ruleOptions } from "../options.js";
import { defineRule, type FactPair } from "../rule.js";

export const duplicateFilter = defineRule({
  name: "DuplicateFilter",
  origin: "crisscross",
  description:
    "How many pairs with the same texts came as far as this rule before and were kept. Holds some 50 bytes a pair; the command dedup needs no more than --memory.",
  options: ruleOptions({
    compare: z.enum(["pair", "source", "target"]).default("pair").describe("What must not come again."),
    near: z.boolean().default(false).describe("Compare letters alone: not case, spaces, digits and signs."),
    threshold: count(0).describe("The most that are kept."),
  }),
  create: ({ compare, near, threshold }, { hash }) => {
    const admitted = new Map<bigint, number>();
    const keyOf = ({ source, target }: FactPair) => {
      const [a, b] = near ? [source.nearKey, target.nearKey] : [source.text, target.text];
      return hash(compare === "source" ? a : compare === "target" ? b : `${a}\0${b}`);
    };
    let key = 0n;
    return {
      of: "pair",
      measure: (pair) => {
        key = keyOf(pair);
        return admitted.get(key) ?? 0;
      },
      admit: () => admitted.set(key, (admitted.get(key) ?? 0) + 1),
      bounds: [{ option: "threshold", keeps: "at most", limits: both(threshold), measured: true }],
    };
  },
});
