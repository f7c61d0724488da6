import type { Writable } from "node:stream";
import { refuseUnknown } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import type { ChainRule } from "../../filter/chain.js";
import { examine, type Findings } from "../../filter/chain.js";
import type { PairInput } from "../../read/pairs/read-pairs.js";
import { formatOfOutput } from "../../write/pairs/format-of-output.js";
import { openText } from "../../write/text-sink.js";
import { FILTER_CHOICES, type FilterChoices, openFilter } from "./open-filter.js";

/**
 * Writes for each pair what every rule measures of it, a line of JSON each: the pair's `line`, the rules that reject it
 * (`rejectedBy`, the first of which is the one that `filterBitext` gives), and its `values` by rule: one number, or the
 * source's and the target's.
 */
export async function explainBitext(
  input: PairInput,
  output: string | Writable,
  options: FilterChoices = {},
): Promise<void> {
  refuseUnknown("explainBitext", options, FILTER_CHOICES);
  const format = typeof output === "string" ? formatOfOutput(output) : undefined;
  if (format !== undefined && format !== "jsonl")
    throw new OptionError(`${output}: its name says ${format}, but what rules measure is JSON lines.`, {
      advice: "Name it .jsonl.",
    });
  await using filter = await openFilter(input, options);
  await using sink = openText(output, options.signal);
  for await (const batch of filter.batches)
    for (const findings of await examine(filter.chain, batch))
      await sink.write(describeFindings(findings, filter.chain));
  await sink.finish();
}

function describeFindings({ pair, values, rejectedBy }: Findings, chain: readonly ChainRule[]): string {
  const { line, source, target } = pair;
  const named = chain.map(({ name }, index) => [name, values[index]]);
  const rejecting = rejectedBy.map(({ name }) => name);
  return `${JSON.stringify({ line, rejectedBy: rejecting, values: Object.fromEntries(named), source, target }, finite)}\n`;
}

/** JSON has no infinity: a ratio to an empty side becomes a text. */
const finite = (_key: string, value: unknown) =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
