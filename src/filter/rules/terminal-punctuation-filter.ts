import { defineRule } from "../rule.js";
import { both, number, ruleOptions } from "../rule-options.js";

export const terminalPunctuationFilter = defineRule({
  name: "TerminalPunctuationFilter",
  origin: "OpusFilter",
  description:
    "−ln(1 + d + e), where d is the difference between the sides' counts of . ? ! … and e is how many each side has beyond one (Vázquez et al. 2019).",
  options: ruleOptions({ threshold: number(-2).describe("Keep at least this value.") }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => {
      const a = countMarks(source.text);
      const b = countMarks(target.text);
      return -Math.log(1 + Math.abs(a - b) + Math.max(0, a - 1) + Math.max(0, b - 1));
    },
    bounds: [{ option: "threshold", keeps: "at least", limits: both(threshold) }],
  }),
});

const [STOP, QUESTION, EXCLAMATION, ELLIPSIS] = [0x2e, 0x3f, 0x21, 0x2026];

function countMarks(text: string): number {
  let marks = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === STOP || code === QUESTION || code === EXCLAMATION || code === ELLIPSIS) marks++;
  }
  return marks;
}
