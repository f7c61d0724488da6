import { InputError } from "../../errors.js";
import { readPairs } from "../../read/pairs/read-pairs.js";
import { LowestKeys, spread } from "../../report/draw-bands.js";
import type { RuleShare } from "../../report/model.js";
import type { Pair } from "../../types/bitexts.js";
import type { ReportSettings } from "./options.js";
import { shortened } from "./shortened.js";

const SHOWN = 5;
/** A file without a reason in so many pairs has none. */
const LOOKED_AT = 1024;

type Example = RuleShare["examples"][number];

/** Of each rule what it rejected, with some of them if a file of rejected pairs is there; the order is the chain's. */
export async function findRejected(
  rejected: Readonly<Record<string, number>>,
  files: readonly string[],
  { read, signal }: Pick<ReportSettings, "read" | "signal">,
): Promise<RuleShare[]> {
  const drawn = new Map(Object.keys(rejected).map((rule) => [rule, new DrawnExamples()]));
  for (const path of files)
    try {
      await drawFrom(readPairs(path, { onError: read?.onError, signal }), drawn);
    } catch (error) {
      // Whatever else lies in the folder is no file of rejected pairs.
      if (!(error instanceof InputError)) throw error;
    }
  return [...drawn].map(([rule, { examples }]) => ({ rule, rejected: rejected[rule], examples }));
}

async function drawFrom(batches: AsyncIterable<Pair[]>, drawn: Map<string, DrawnExamples>): Promise<void> {
  const rules = [...drawn.keys()];
  let [pairs, reasons] = [0, 0];
  for await (const batch of batches) {
    for (const pair of batch) {
      pairs++;
      const reason = reasonOf(pair);
      const rule = reason && rules.find((name) => reason === name || reason.startsWith(`${name}:`));
      if (!rule) continue;
      reasons++;
      const { line, source, target } = pair;
      drawn.get(rule)!.offer({ line, reason, source: shortened(source), target: shortened(target) });
    }
    if (pairs >= LOOKED_AT && reasons === 0) return;
  }
}

/** What filter writes beside a rejected pair, where its format has a place for it. */
function reasonOf({ row, record, tmx }: Pair): string | undefined {
  if (row) return row.cells[row.names ? row.names.indexOf("reason") : row.cells.length - 1];
  if (record) return typeof record.value.reason === "string" ? record.value.reason : undefined;
  return tmx?.unit.properties.find(({ attributes }) => attributes.type === "x-reason")?.text;
}

class DrawnExamples {
  private count = 0;
  private readonly keys = new LowestKeys(SHOWN);
  private readonly held = new Map<number, Example>();

  offer(example: Example): void {
    const number = this.count++;
    if (this.keys.offer(number, spread(number))) this.held.set(number, example);
  }

  get examples(): Example[] {
    return this.keys.values.sort((a, b) => a - b).map((number) => this.held.get(number)!);
  }
}
