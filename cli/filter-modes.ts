import { OptionError } from "../src/errors.js";
import type { BitextFlags, BitextOutputFlags } from "./bitext-options.js";
import type { ProgressOptions } from "./progress.js";
import { spellOption } from "./spell-option.js";

/** The options of `filter`: without a mode it filters. */
export interface FilterFlags extends BitextFlags, BitextOutputFlags, ProgressOptions {
  config?: string;
  languageModel?: string;
  nearLanguages?: string[][];
  rejected?: string;
  rules?: boolean;
  explain?: boolean;
  sample?: number;
  suggest?: number | true;
  seed?: number;
}

export const sameOutput = (name: string) =>
  new OptionError(`${name}: is both the output and --rejected.`, {
    advice: "Name another file for one of them.",
  });

const FILTERING = "filtering";

/** The modes that an option goes with. */
const GOES_WITH: Partial<Record<keyof FilterFlags, readonly string[]>> = {
  rejected: [FILTERING],
  outputFormat: [FILTERING],
  outputHeader: [FILTERING],
  output: [FILTERING, "--explain"],
  seed: ["--sample", "--suggest"],
};

const flagOf = (option: string) => spellOption({ option });

/** @throws OptionError unless one mode is asked for, and every option that is given goes with it */
export function checkModes(flags: FilterFlags): void {
  const { explain, sample, suggest, rejected, output } = flags;
  if (rejected !== undefined && rejected === output) throw sameOutput(output);
  const modes = Object.entries({ explain, sample, suggest }).filter(([, value]) => value !== undefined);
  if (modes.length > 1)
    throw new OptionError(`${modes.map(([name]) => `--${name}`).join(" and ")} are given.`, {
      advice: "Choose one of them.",
    });
  const mode = modes.length === 1 ? `--${modes[0][0]}` : FILTERING;
  for (const [option, users] of Object.entries(GOES_WITH))
    if (flags[option as keyof FilterFlags] !== undefined && !users.includes(mode))
      throw new OptionError(`${flagOf(option)} goes with ${users.join(" or ")}, not with ${mode}.`, {
        advice: "Leave it out.",
      });
}

/** @throws OptionError for anything given beside --rules */
export function checkRulesAlone(
  bitext: readonly (string | undefined)[],
  { rules: _, ...others }: FilterFlags,
): void {
  const idle = [...bitext.filter((path) => path !== undefined), ...Object.keys(others).map(flagOf)];
  if (idle.length > 0)
    throw new OptionError("--rules prints the rules and reads nothing.", {
      advice: `Leave out ${idle.join(", ")}.`,
    });
}
