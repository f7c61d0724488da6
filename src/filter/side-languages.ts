import { z } from "zod";
import { OptionError } from "../errors.js";
import type { LanguageModel, RuleContext } from "./rule-context.js";
import { orNone } from "./rule-options.js";

/** The options of a rule that tells languages. */
export const languageOptions = {
  languages: orNone(
    z.tuple([z.string(), z.string()], {
      error: "expected a list of two languages: the source's and the target's",
    }),
  ).describe("The languages of source and target, such as [de, en]; by default those of the configuration."),
};

/**
 * The model of a rule, and the languages of both sides as it calls them.
 *
 * @throws OptionError for one that the model does not know, or if none are given
 */
export async function openSides(
  rule: string,
  own: readonly [string, string] | undefined,
  modelPath: string | undefined,
  context: RuleContext,
): Promise<{ model: LanguageModel; languages: readonly [string, string] }> {
  const model = await context.openLanguages(modelPath);
  const given = own ?? context.languages;
  if (!given)
    throw new OptionError(`${rule} needs to know the languages of source and target.`, {
      advice: "Name them, such as [de, en].",
    });
  return { model, languages: [model.parse(given[0]), model.parse(given[1])] };
}
