import { CrisscrossError, InputError } from "../errors.js";
import type { Pair } from "../types/bitexts.js";
import type { Rule } from "./rule.js";
import { NONE } from "./rule-options.js";

/** A rule of one's own: `true` keeps the pair, `false` or a reason rejects it. */
export type CustomFunction = (pair: Readonly<Pair>, options: unknown) => boolean | string;

/** @param where what messages call the rule: its name and file */
export function customRule(judge: CustomFunction, options: unknown, where: string, input: string): Rule {
  let said: boolean | string = true;
  return {
    of: "pair",
    measure: ({ pair }) => {
      const place = { path: input, line: pair.line };
      try {
        said = judge(pair, options);
      } catch (error) {
        if (error instanceof CrisscrossError) throw error;
        throw new InputError(place, `the rule ${where} failed (${error}).`, {
          advice: "Correct the rule.",
          cause: error,
        });
      }
      if (typeof said !== "boolean" && typeof said !== "string") {
        const given = (said as unknown) instanceof Promise ? "a promise" : String(said);
        throw new InputError(place, `the rule ${where} gave ${given}; expected true, false or a reason.`);
      }
      return said === true ? 0 : 1;
    },
    reason: () => (typeof said === "string" ? said : undefined),
    bounds: NONE,
  };
}
