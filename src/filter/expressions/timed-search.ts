import { createContext, Script } from "node:vm";
import { OptionError } from "../../errors.js";

/** Up to so many steps nobody waits for; a clock for each search would take longer. */
const SHORT = 1_000_000;

/**
 * Whether an expression matches somewhere in a text. A search that might take long, since its expression has several
 * quantifiers or repeats a group, runs against the clock: the time to match can double with each character.
 *
 * @param seconds that a search may take
 * @throws OptionError for a search that takes longer
 */
export function timedSearch(expression: RegExp, source: string, seconds: number): (text: string) => boolean {
  const power = (source.match(/[*+?{]/g)?.length ?? 0) + 1;
  const repeatsGroups = /\)[*+?{]|\\[1-9kg]|\(\?P=/.test(source);
  const sandbox = { search: () => false };
  const script = new Script("search()");
  const context = createContext(sandbox);
  return (text) => {
    if (!repeatsGroups && text.length ** power <= SHORT) return expression.test(text);
    sandbox.search = () => expression.test(text);
    try {
      return script.runInContext(context, { timeout: Math.max(1, Math.ceil(1000 * seconds)) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
      throw new OptionError(
        `The regular expression ${source} was still searching after ${seconds} s in a text of ${text.length} characters, ${JSON.stringify(text.slice(0, 60))}.`,
        {
          advice: "Repeat no group that repeats something itself, such as (a+)+, or raise time_limit.",
          cause: error,
        },
      );
    }
  };
}
