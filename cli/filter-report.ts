import type { RuleFacts, SampleReport, Suggestion, SuggestReport } from "../src/index.js";
import { printable } from "../src/text/printable.js";

/** The table of rules, as Markdown. */
export function formatRules(rules: readonly RuleFacts[]): string {
  const rows = rules.map(({ name, origin, description, options }) => {
    const described = options.map(
      (option) =>
        `\`${option.name}\`${option.default === undefined ? "" : ` (${toYaml(option.default)})`}: ${option.description}`,
    );
    return `| \`${name}\` | ${origin} | ${[toCell(description), ...described.map(toCell)].join("<br>")} |`;
  });
  return [
    "| rule | of | what it measures and keeps; options (defaults) |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

const toCell = (text: string) => text.replaceAll("|", "\\|");
/** Limits that are the same for both sides are written once. */
function toYaml(value: unknown): string {
  const twice = Array.isArray(value) && value.length === 2 && value[0] === value[1];
  const json = JSON.stringify(twice ? value[0] : value, (_, part) => (isEndless(part) ? `${part}` : part));
  return json.replace(/"(-?)Infinity"/g, "$1.inf");
}

const isEndless = (value: unknown) =>
  value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;

/** What each rule alone would drop, with examples. */
export function formatSample({ pairs, sampled, kept, rules }: SampleReport): string {
  const width = Math.max(...rules.map(({ rule }) => printable(rule).length));
  const lines = [
    `${sampled} of ${pairs} pairs · ${kept} kept by all rules`,
    `${"".padEnd(width)}  drops  no other rule does`,
  ];
  for (const { rule, drops, alone, examples } of rules) {
    lines.push(
      `${printable(rule).padEnd(width)}  ${String(drops).padStart(5)}  ${String(alone).padStart(5)}`,
    );
    for (const { line, reason, source, target } of examples)
      lines.push(`    line ${line} · ${reason}`, `        ${oneLine(source)}`, `        ${oneLine(target)}`);
  }
  return `${lines.map(printable).join("\n")}\n`;
}

const oneLine = (text: string) => text.replace(/\s+/g, " ");

/** A configuration with the suggested limits. */
export function formatSuggestions({ pairs, measured, share, languages, rules }: SuggestReport): string {
  const lines = [
    `# Each bound rejects at most ${percent(share)} of a side, by ${measured} of ${pairs} pairs. Nothing was filtered.`,
    ...(languages ? [`languages: ${toYaml(languages)}`] : []),
    "filters:",
  ];
  for (const { rule, module, options, suggestions } of rules) {
    const suggested = new Map(suggestions.map((suggestion) => [suggestion.option, suggestion]));
    const settings = Object.entries(options).filter(([, value]) => value !== undefined);
    lines.push(settings.length === 0 ? `  - ${rule}: {}` : `  - ${rule}:`);
    for (const [option, value] of settings) {
      const better = suggested.get(option);
      const effect = better ? describeEffect(better, value) : "";
      lines.push(`      ${option}: ${toYaml(better?.value ?? value)}${effect}`);
    }
    if (module !== undefined) lines.push(`    module: ${toYaml(module)}`);
  }
  return `${lines.map(printable).join("\n")}\n`;
}

function describeEffect({ wouldReject, rejects, neverKept }: Suggestion, value: unknown): string {
  const effects =
    neverKept < 1 ? [`rejects ${percent(wouldReject)}; ${toYaml(value)} ${percent(rejects)}`] : [];
  if (neverKept > 0) effects.push(`not counting ${percent(neverKept)} that no limit keeps`);
  return ` # ${effects.join("; ")}`;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
