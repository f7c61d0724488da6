import { join } from "node:path";
import { changed, type RereadBitext } from "../../steps/bitexts/read-twice.js";
import type { BitextFormat } from "../../types.js";
import { openPairs, type PairOutput } from "../../write/pairs/open-pairs.js";
import { type Division, PARTS, type Part, partOf } from "./choose-parts.js";
import type { SplitOptions } from "./options.js";

/** Writes each pair of a bitext to its part's file, and gives how many went to each. */
export async function writeParts(
  bitext: RereadBitext,
  division: Division,
  folder: string,
  { format = "tsv", languages, compress, onEvent, signal }: SplitOptions,
): Promise<Record<Part, number>> {
  const { length } = division.components;
  const counts: Record<Part, number> = { train: 0, dev: 0, test: 0 };
  const sinks = PARTS.map((part) =>
    openPairs(outputOf(join(folder, part), format, languages, compress), { format, languages, signal }),
  );
  let pair = 0;
  try {
    for await (const batch of bitext.read()) {
      const first = pair;
      pair += batch.length;
      if (pair > length) break;
      const chosen = batch.map((_, index) => partOf(division, first + index));
      for (const [index, part] of PARTS.entries()) {
        const own = batch.filter((_, place) => chosen[place] === part);
        counts[part] += own.length;
        await sinks[index].write(own);
      }
      onEvent?.({ kind: "progress", stage: "write", done: pair, total: length, unit: "pairs" });
    }
    if (pair !== length) throw changed(bitext.name, length, pair);
    for (const sink of sinks) await sink.finish();
    return counts;
  } finally {
    for (const sink of sinks) await sink[Symbol.asyncDispose]();
  }
}

/** Where a part goes: one file, or the two of Moses. */
export function outputOf(
  path: string,
  format: BitextFormat,
  languages: readonly [string, string] = ["source", "target"],
  compress?: string,
): PairOutput {
  const end = compress === undefined ? "" : `.${compress}`;
  if (format !== "moses") return `${path}.${format}${end}`;
  return [`${path}.${languages[0]}${end}`, `${path}.${languages[1]}${end}`];
}
