import type { OptionName } from "../src/index.js";

/** Options that the command line gives another way than by a flag of their name. */
const OTHERWISE: Readonly<Record<string, string>> = {};

/** An option as it is typed: `searchEffort` is `--search-effort`, and a `centre` that is false `--no-centre`. */
export function spellOption({ option, value }: OptionName): string {
  if (OTHERWISE[option]) return OTHERWISE[option];
  const name = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (value === false) return `--no-${name}`;
  return value === undefined || value === true ? `--${name}` : `--${name} ${value}`;
}
