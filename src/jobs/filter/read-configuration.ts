import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { InputError } from "../../errors.js";
import { filtersForHardRules } from "../../filter/hard-rules-form.js";
import { explainUnreadable } from "../../store/files/unreadable.js";
import { checkAgainst } from "./check-against.js";
import { checkEntry } from "./check-entry.js";
import type { ConfigurationPlace, FilterConfiguration } from "./configuration.js";
import type { Fault, Part, Path } from "./fault.js";
import { isWholeConfiguration, rulesOfSteps } from "./opus-filter-steps.js";
import { resolveAliases } from "./resolve-aliases.js";

/**
 * Reads a configuration of filters: `languages`, and `filters` as OpusFilter has them, a list of rules with their
 * options; or a whole configuration of OpusFilter.
 *
 * @throws InputError with line and column for what is no YAML, a rule or option that does not exist, or a value that
 * cannot be
 */
export async function readConfiguration(path: string): Promise<FilterConfiguration> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    const { problem } = explainUnreadable(path, error) ?? { problem: error.message };
    throw new InputError({ path }, problem, {
      advice: "Name a configuration of filters in YAML.",
      cause: error,
    });
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const placeAt = (offset: number): ConfigurationPlace => {
    const { line, col } = lines.linePos(offset);
    return { path, line, column: col };
  };
  // A tag that is not known would be left out in silence.
  const [broken] = [...document.errors, ...document.warnings];
  const variable = /^Unresolved tag: (!var\w*)/.exec(broken?.message ?? "");
  if (variable)
    throw new InputError(placeAt(broken.pos[0]), `has a variable of OpusFilter (${variable[1]}).`, {
      advice: "Write its value.",
    });
  if (broken)
    throw new InputError(placeAt(broken.pos[0]), `is not YAML (${broken.message}).`, {
      advice: "Correct it.",
    });
  const fault: Fault = (at, problem, { advice, part = "value" } = {}) =>
    new InputError(
      placeAt(offsetOf(document, at, part)),
      `${at.length > 0 ? `${at.join(".")}: ` : ""}${problem}.`,
      { advice },
    );
  const given = resolveAliases(document, placeAt);
  const { languages, rules, notes } = isWholeConfiguration(given)
    ? { languages: undefined, rules: rulesOfSteps(given, fault), notes: [tellSteps(path)] }
    : { ...checkTop(given, fault), notes: [] };
  const filters = rules.flatMap(({ entry, at }) => {
    const checked = checkEntry(entry, at, { fault, others: OTHERS });
    const place = placeAt(offsetOf(document, at, "value"));
    return checked === "off" ? [] : { ...checked, place };
  });
  return { languages, filters, notes, folder: dirname(path) };
}

const tellSteps = (path: string) =>
  `${path}: the rules of its steps are taken; the bitext is the command's, not the inputs and outputs that they name.`;

const OTHERS = "See crisscross filter --rules for all; a rule of your own needs module: file.js beside it.";

const TOP = z.strictObject({
  languages: z
    .tuple([z.string(), z.string()], { error: "expected a list of two languages, such as [de, en]" })
    .optional(),
  filters: z.array(z.unknown(), { error: "expected a list of rules" }).min(1),
});

function checkTop(value: unknown, fault: Fault) {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw fault([], "expected languages and filters");
  const hardRules = filtersForHardRules(value);
  if (hardRules !== undefined)
    throw fault([], "is a configuration of Bicleaner's hard rules; expected languages and filters", {
      advice: `Write filters: ${hardRules}`,
    });
  const { languages, filters } = checkAgainst(TOP, value, [], fault);
  return { languages, rules: filters.map((entry, index) => ({ entry, at: ["filters", index] })) };
}

/** Where the value at a path begins, or its name; of what is not there, where the last thing on the way to it does. */
function offsetOf(document: Document, path: Path, part: Part): number {
  let node: unknown = document.contents;
  let name: unknown;
  let offset = 0;
  for (const step of [...path, undefined]) {
    if (isNode(node) && node.range) offset = node.range[0];
    if (step === undefined) break;
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    name = pair?.key;
    node = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
  }
  return part === "name" && isScalar(name) && name.range ? name.range[0] : offset;
}
