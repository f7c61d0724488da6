import { CrisscrossError, InputError } from "../../errors.js";
import type { ChainRule } from "../../filter/chain.js";
import { customRule } from "../../filter/custom-rule.js";
import { DEFAULT_CHAIN, LANGUAGE_CHAIN } from "../../filter/default-chain.js";
import type { Rule } from "../../filter/rule.js";
import type { RuleContext } from "../../filter/rule-context.js";
import { RULES } from "../../filter/rules.js";
import type { FilterConfiguration, RuleEntry } from "./configuration.js";
import { importRule } from "./import-rule.js";

/** The chain that is taken where no configuration is given. */
export function defaultConfiguration(languages?: readonly [string, string]): FilterConfiguration {
  const chain = languages ? [...DEFAULT_CHAIN, ...LANGUAGE_CHAIN] : DEFAULT_CHAIN;
  const filters = chain.flatMap((entry) =>
    Object.entries(entry).map(([rule, options]) => ({ rule, options: kindOf(rule).options.parse(options) })),
  );
  return { filters, folder: "" };
}

/**
 * Makes the rules of a configuration, in its order.
 *
 * @throws InputError with the place of a rule that cannot be made
 */
export async function openChain(
  { filters, folder }: FilterConfiguration,
  context: RuleContext,
): Promise<ChainRule[]> {
  const chain: ChainRule[] = [];
  for (const entry of filters)
    chain.push({ name: nameFor(entry, chain), rule: await makeRule(entry, folder, context) });
  return chain;
}

async function makeRule(entry: RuleEntry, folder: string, context: RuleContext): Promise<Rule> {
  const { rule, options, module, judge: own, place } = entry;
  try {
    if (own) return customRule(own, options, rule, context.input);
    if (module === undefined) return await kindOf(rule).create(options, context);
    const judge = await importRule(module, rule, folder);
    return customRule(judge, options, `${rule} (${module})`, context.input);
  } catch (error) {
    if (!(error instanceof CrisscrossError) || error instanceof InputError || !place) throw error;
    throw new InputError(place, error.wording.problem, { advice: error.wording.advice, cause: error });
  }
}

const kindOf = (rule: string) => RULES.find(({ name }) => name === rule)!;

/** A second rule of a name is told apart by a number. */
function nameFor({ rule, options }: RuleEntry, chain: readonly ChainRule[]): string {
  const wanted = (options as { name?: string }).name ?? rule;
  const same = chain.filter(({ name }) => name === wanted || name.startsWith(`${wanted} `)).length;
  return same === 0 ? wanted : `${wanted} ${same + 1}`;
}
