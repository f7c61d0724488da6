import { defineRule } from "../rule.js";
import { both, count, ruleOptions } from "../rule-options.js";
import { scriptFamilyOf } from "../script-families.js";

export const noScriptInconsistencies = defineRule({
  name: "no_script_inconsistencies",
  origin: "Bicleaner hardrules",
  description:
    "How many letters of each side belong to another script than its first letter; East Asian scripts count as one. Unlike there, scripts and letters that came after Unicode 6 are known, such as the capitals of Georgian.",
  options: ruleOptions({ threshold: count(0).describe("Keep at most this many.") }),
  create: ({ threshold }) => ({
    of: "side",
    measure: ({ text }) => countStrangers(text),
    bounds: [{ option: "threshold", keeps: "at most", limits: both(threshold) }],
  }),
});

function countStrangers(text: string): number {
  let first = 0;
  let strangers = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    if (code > 0xffff) i++;
    const family = scriptFamilyOf(code);
    if (family === 0) continue;
    if (first === 0) first = family;
    else if (family !== first) strangers++;
  }
  return strangers;
}
