import { optionsOfSetting } from "../../filter/hard-rules-form.js";
import { INSTEAD, OTHER_NAMES } from "../../filter/other-names.js";
import { RULES } from "../../filter/rules.js";
import { nearestName } from "../../text/nearest-name.js";
import { checkAgainst, didYouMean } from "./check-against.js";
import type { RuleEntry } from "./configuration.js";
import type { Fault, Path } from "./fault.js";

/** How faults of an entry are told. */
export interface EntryContext {
  fault: Fault;
  /** Where all rules stand, and how one of one's own is written. */
  others: string;
}

/** `- Rule`, `- Rule: {options}`, or with `module: file.js` beside it. */
export function checkEntry(entry: unknown, path: Path, context: EntryContext): RuleEntry | "off" {
  const { fault } = context;
  if (typeof entry === "string") return checkOptions(entry, {}, path, context);
  const isObject = typeof entry === "object" && entry !== null && !Array.isArray(entry);
  const names = isObject ? Object.keys(entry).filter((key) => key !== "module") : [];
  if (names.length !== 1)
    throw fault(path, "expected one rule and its options, such as LengthFilter: {max_length: 80}");
  const [rule] = names;
  const { [rule]: options, module } = entry as Record<string, unknown>;
  if (module === undefined) {
    const given = optionsOfSetting(rule, options ?? {});
    return given === "off" ? "off" : checkOptions(rule, given, [...path, rule], context);
  }
  if (typeof module === "string") return { rule, options: options ?? {}, module };
  throw fault([...path, "module"], "expected the path of a JavaScript file");
}

function checkOptions(
  rule: string,
  options: unknown,
  path: Path,
  { fault, others }: EntryContext,
): RuleEntry {
  const names = RULES.map(({ name }) => name);
  const kind = RULES.find(({ name }) => name === rule);
  if (kind) return { rule, options: checkAgainst(kind.options, options, path, fault) };
  const offer = INSTEAD.get(rule) ?? didYouMean(OTHER_NAMES.get(rule) ?? nearestName(rule, names));
  throw fault(path, `there is no rule ${rule}`, {
    advice: `${offer}${others}`,
    part: "name",
  });
}
