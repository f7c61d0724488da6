import { addressesIn } from "../addresses.js";
import { defineRule } from "../rule.js";
import { both, count, ruleOptions } from "../rule-options.js";

export const addressMatchFilter = defineRule({
  name: "AddressMatchFilter",
  origin: "crisscross",
  description: "How many web and e-mail addresses only one of the sides has.",
  options: ruleOptions({ threshold: count(0).describe("Keep at most this many.") }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => {
      const ours = addressesIn(source.text);
      const theirs = addressesIn(target.text);
      if (ours.length + theirs.length === 0) return 0;
      const [a, b] = [new Set(ours), new Set(theirs)];
      return [...a].filter((x) => !b.has(x)).length + [...b].filter((x) => !a.has(x)).length;
    },
    bounds: [{ option: "threshold", keeps: "at most", limits: both(threshold) }],
  }),
});
