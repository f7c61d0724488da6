import { RULES } from "./rules.js";

/** Settings of Bicleaner's hard rules whose rule has another name here, and how it is written. */
const OTHERS = new Map<string, (setting: unknown) => string | undefined>([
  ["no_empty", () => "LengthFilter: { min_length: 1, max_length: 1000000, unit: char }"],
  [
    "not_too_long",
    (most) => `LengthFilter: { min_length: 0, max_length: ${numberIn(most, 1024) - 1}, unit: char }`,
  ],
  ["not_too_short", (least) => `LengthFilter: { min_length: ${numberIn(least, 3)}, max_length: 1000000 }`],
  ["length_ratio", (ratio) => `LengthRatioFilter: { threshold: ${numberIn(ratio, 3)}, unit: char }`],
  ["no_wrong_language", () => "FastTextFilter"],
  ["no_porn", () => undefined],
  ["lm_filter", () => undefined],
]);

const numberIn = (setting: unknown, standard: number) => (typeof setting === "number" ? setting : standard);

const isHardRule = (name: string) =>
  OTHERS.has(name) || RULES.some((rule) => rule.name === name && rule.origin === "Bicleaner hardrules");

/**
 * What says the same here as a configuration of Bicleaner's hard rules, which maps rules to true, false or a number: a
 * list of filters, as YAML in a line. Nothing for what is no such configuration.
 */
export function filtersForHardRules(configuration: object): string | undefined {
  const settings = Object.entries(configuration);
  if (settings.length === 0 || !settings.every(([name]) => isHardRule(name))) return undefined;
  const filters = settings.flatMap(([name, setting]) => {
    if (setting === false || setting === 0) return [];
    const other = OTHERS.get(name);
    if (other) return other(setting) ?? [];
    return Array.isArray(setting) ? `${name}: { literals: ${JSON.stringify(setting)} }` : name;
  });
  return `[${filters.map((filter) => (filter.includes(":") ? `{ ${filter} }` : filter)).join(", ")}]`;
}

/** The options of a rule that is set as there, `no_urls: true`; "off" for one that is not to be used. */
export function optionsOfSetting(rule: string, setting: unknown): unknown {
  if (!isHardRule(rule)) return setting;
  if (setting === false) return "off";
  if (setting === true || (setting === 1 && rule === "no_repeated_words")) return {};
  return Array.isArray(setting) && rule === "no_literals" ? { literals: setting } : setting;
}
