import type { Pair } from "../../types/bitexts.js";
import { firstAddress } from "./addresses.js";

/** The pages that a pair's sides come from, as far as its row or record tells: the first two addresses in it. */
export function addressesOf({
  row,
  record,
  tmx,
  added,
}: Pick<Pair, "row" | "record" | "tmx" | "added">): [source?: string, target?: string] {
  const texts = row
    ? row.cells.filter((_, column) => column !== row.columns.source && column !== row.columns.target)
    : record
      ? Object.values(record.value)
      : (tmx?.unit.properties.map(({ text }) => text) ?? []);
  const found: string[] = [];
  for (const text of [...texts, ...Object.values(added ?? {})]) {
    // Most cells are numbers.
    if (typeof text !== "string" || !/^\s*http/i.test(text)) continue;
    const address = firstAddress(text);
    if (address !== undefined) found.push(address);
  }
  return [found[0], found[1]];
}
