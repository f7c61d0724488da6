import { join } from "node:path";
import { noticeOrder } from "../../steps/bitexts/notice-order.js";
import { changed, type RereadBitext } from "../../steps/bitexts/read-twice.js";
import type { WrittenFormat } from "../../types/bitexts.js";
import { openPairs, type PairOutput } from "../../write/pairs/open-pairs.js";
import { type Division, SPLITS, type Split, splitOf } from "./choose-splits.js";
import type { SplitOptions } from "./options.js";

/** Writes each pair of a bitext to its split's file, and gives how many went to each. */
export async function writeSplits(
  bitext: RereadBitext,
  division: Division,
  folder: string,
  { format = "tsv", languages, header, compress, onEvent, signal }: SplitOptions,
): Promise<Record<Split, number>> {
  const { length } = division.components;
  const counts: Record<Split, number> = { train: 0, dev: 0, test: 0 };
  const sinks = SPLITS.map((split) =>
    openPairs(outputOf(join(folder, split), format, languages, compress), {
      format,
      languages,
      header,
      onNote: onEvent,
      signal,
    }),
  );
  let pair = 0;
  try {
    for await (const batch of noticeOrder(bitext.read(), languages, onEvent)) {
      const first = pair;
      pair += batch.length;
      if (pair > length) break;
      const chosen = batch.map((_, index) => splitOf(division, first + index));
      for (const [index, split] of SPLITS.entries()) {
        const own = batch.filter((_, place) => chosen[place] === split);
        counts[split] += own.length;
        await sinks[index].write(own);
      }
      onEvent?.({ kind: "progress", stage: "write", done: pair, total: length, unit: "pairs" });
    }
    if (pair !== length) throw changed(bitext.name, length, pair);
    for (const sink of sinks) await sink.complete();
    for (const sink of sinks) await sink.finish();
    return counts;
  } finally {
    for (const sink of sinks) await sink[Symbol.asyncDispose]();
  }
}

/** Where a split goes: one file, or the two of Moses. */
export function outputOf(
  path: string,
  format: WrittenFormat,
  languages: readonly [string, string] = ["source", "target"],
  compress?: string,
): PairOutput {
  const end = compress === undefined ? "" : `.${compress}`;
  if (format !== "moses") return `${path}.${format}${end}`;
  return [`${path}.${languages[0]}${end}`, `${path}.${languages[1]}${end}`];
}
