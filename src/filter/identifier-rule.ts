import type { Rule } from "./rule.js";
import type { RuleContext } from "./rule-context.js";
import { openSides } from "./side-languages.js";

/** A rule that asks how sure an identifier of languages is. */
export interface IdentifierChoice {
  /** The rule's name. */
  rule: string;
  /** Of source and target. */
  languages?: readonly [source: string, target: string];
  /** Values above these are kept. */
  thresholds: readonly [source: number, target: number];
  /** A model of fastText; by default that of the command, or lid.176. */
  model?: string;
  /** Only these languages are thought of; by default all that the model knows. */
  candidates?: readonly string[];
  /** What OpusFilter asks instead of a model of fastText. */
  other?: string;
}

/**
 * How sure a model of fastText is of each side's language, where it is the likeliest; 0 where another one is, 1 for an
 * empty side.
 */
export async function identifierRule(choice: IdentifierChoice, context: RuleContext): Promise<Rule> {
  const { rule, thresholds, candidates, other } = choice;
  const { model, languages } = await openSides(rule, choice.languages, choice.model, context);
  if (other !== undefined) tellOther(rule, other, context);
  const among = candidates?.map((code) => model.parse(code));
  const shares = among && model.openShares(among);
  const identify = (text: string) => {
    if (!among || !shares) return model.identifyAsIs(text);
    const found = shares(text);
    const sum = found?.reduce((a, b) => a + b);
    if (!found || !sum) return { language: "und", score: 0 };
    const likeliest = found.indexOf(Math.max(...found));
    return { language: among[likeliest], score: found[likeliest] / sum };
  };
  return {
    of: "side",
    measure: ({ text }, side) => {
      if (text === "") return 1;
      const { language, score } = identify(text);
      if (language === "und") return among ? 1 / among.length : model.scoreOfNothing;
      return model.covers(languages[side], language) ? score : 0;
    },
    bounds: [{ option: "thresholds", keeps: "more than", limits: thresholds }],
  };
}

/** Says that another model answers than the one which a configuration of OpusFilter asks. */
export function tellOther(rule: string, other: string, { tell }: RuleContext): void {
  tell(
    `${rule}: languages are told by a model of fastText, not by ${other}, so that other pairs may be kept, and thresholds mean another model's figures.`,
  );
}
