import { defineRule } from "../rule.js";
import { both, requireAll, ruleOptions, shareThreshold } from "../rule-options.js";
import { sequenceRatio } from "../sequence-ratio.js";

export const nonZeroNumeralsFilter = defineRule({
  name: "NonZeroNumeralsFilter",
  origin: "OpusFilter",
  description:
    "Similarity of both sides' digits, without zeros: twice the number that match, divided by the number of all (Vázquez et al. 2019). Unlike there, all digits count in sides of 200 digits and more, where Python's difflib leaves out the common ones.",
  options: ruleOptions({
    threshold: shareThreshold(0.5).describe("Keep at least this similarity."),
    require_all: requireAll(),
  }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => sequenceRatio(nonZeroDigits(source.text), nonZeroDigits(target.text)),
    bounds: [{ option: "threshold", keeps: "at least", limits: both(threshold) }],
  }),
});

function nonZeroDigits(text: string): string {
  let digits = "";
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x30 && code <= 0x39) digits += text[i];
  }
  return digits;
}
