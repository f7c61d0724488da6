import { OptionError } from "../../errors.js";
import type { CustomFunction } from "../../filter/custom-rule.js";
import type { Pair } from "../../types/bitexts.js";
import { checkEntry } from "./check-entry.js";
import type { FilterConfiguration, RuleEntry } from "./configuration.js";
import type { Fault } from "./fault.js";

/** A rule of one's own: whether a pair is kept, or the reason why it is not. */
export type PairJudge<P = Pair> = (pair: Readonly<P>) => boolean | string;

/**
 * A rule as a program gives it: the name of one that `listRules` lists, alone or with its options as in a configuration
 * (`{ LengthFilter: { max_length: 80 } }`); or a function, alone or under the name that messages and counts call it
 * (`{ polite: (pair) => !pair.target.includes("!") }`).
 */
export type FilterRule<P = Pair> =
  | string
  | PairJudge<P>
  | Readonly<Record<string, PairJudge<P> | RuleSetting>>;

/** A rule's options; or, as Bicleaner sets hard rules, whether it is used or a number. */
export type RuleSetting =
  | Readonly<Record<string, unknown>>
  | readonly unknown[]
  | boolean
  | number
  | string
  | null;

/**
 * The chain of some rules, checked as those of a configuration are.
 *
 * @throws OptionError with the place of what cannot be
 */
export function givenConfiguration(
  rules: readonly FilterRule[],
  languages?: readonly [source: string, target: string],
): FilterConfiguration {
  if (!Array.isArray(rules)) throw new OptionError("rules is no list; expected an array of rules.");
  if (rules.length === 0)
    throw new OptionError("rules is empty; expected rules.", {
      advice: "Leave it out for the default chain.",
    });
  const filters = rules.flatMap((rule, index) => {
    const checked = ownRule(rule) ?? checkEntry(rule, ["rules", index], { fault, others: OTHERS });
    return checked === "off" ? [] : checked;
  });
  return { languages, filters, folder: "" };
}

const OTHERS = "See listRules() for all; a rule of your own is a function.";

const fault: Fault = (path, problem, { advice } = {}) =>
  new OptionError(`${path.join(".")}: ${problem}.`, { advice });

function ownRule(rule: FilterRule): RuleEntry | undefined {
  if (typeof rule === "function") return { rule: rule.name || "own rule", options: {}, judge: rule };
  if (typeof rule !== "object" || rule === null) return undefined;
  const [[name, judge] = [], ...more] = Object.entries(rule);
  if (typeof judge !== "function" || more.length > 0) return undefined;
  return { rule: name!, options: {}, judge: judge as CustomFunction };
}
