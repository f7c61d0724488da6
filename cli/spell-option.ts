import type { OptionName } from "../src/index.js";

/** Options that have a flag of another name. */
const OTHERWISE: Readonly<Record<string, string>> = { share: "--suggest", size: "--sample" };

/** An option as it is typed: `searchEffort` is `--search-effort`, and a `centre` that is false `--no-centre`. */
export function spellOption({ option, value }: OptionName): string {
  if (OTHERWISE[option]) return OTHERWISE[option];
  const name = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (value === false) return `--no-${name}`;
  return value === undefined || value === true ? `--${name}` : `--${name} ${value}`;
}
