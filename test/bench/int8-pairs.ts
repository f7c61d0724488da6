/**
 * The pairs that are mined from `mining/*.dev` by float32 products, by 8-bit ones and by an inverted file: how many are in
 * one and not in another, and the largest difference of a score.
 *
 *   node dist/test/bench/int8-pairs.js --encoder FOLDER [--variant NAME] [--cache FOLDER]
 */
import { parseArgs } from "node:util";
import { findBuccTasks, type MineOptions, mine } from "../../src/index.js";
import { openEncoders } from "../../src/jobs/evaluate/open-encoders.js";
import { sharedPath } from "./shared.js";

const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    variant: { type: "string" },
    cache: { type: "string" },
  },
});
await using encoders = await openEncoders(values);
const { encoder } = encoders;
console.log(encoder.space);

const engines: Record<string, Pick<MineOptions, "index" | "searchType">> = {
  int8: { index: "exact", searchType: "int8" },
  ivf: { index: "ivf" },
};
for (const { name, source, target } of await findBuccTasks(sharedPath("data/mining"))) {
  const exact = await minedBy({ index: "exact", searchType: "float32" });
  const parts = [`${exact.size} pairs by float32`];
  for (const [engine, index] of Object.entries(engines)) {
    const found = await minedBy(index);
    const differences = [...exact].map(([pair, score]) => Math.abs(score - (found.get(pair) ?? Number.NaN)));
    const missing = differences.filter(Number.isNaN).length;
    const others = found.size - (exact.size - missing);
    const largest = Math.max(...differences.filter((difference) => !Number.isNaN(difference)));
    parts.push(`${engine}: ${missing} missing, ${others} others, scores within ${largest.toExponential(1)}`);
  }
  console.log(`${name}: ${parts.join(" · ")}`);

  async function minedBy(index: MineOptions): Promise<Map<string, number>> {
    const pairs = new Map<string, number>();
    const read = { format: "bucc" } as const;
    for await (const pair of mine(source, target, { encoder, read, readTarget: read, ...index }))
      pairs.set(`${pair.source.text}\t${pair.target.text}`, pair.score);
    return pairs;
  }
}
