/**
 * Pairs of pages: precision and recall by language of 400 pages a side, made of documents of `parallel/`, without
 * addresses.
 *
 *   node dist/test/bench/pages.js [--languages de,fr] [--encoder builtin] [--seed 1] [--threads 1]
 */
import { parseArgs } from "node:util";
import { openEncoder, pairPages } from "../../src/index.js";
import { describeMachine } from "./machine.js";
import { makePageSet } from "./page-sets.js";

const { values } = parseArgs({
  options: {
    languages: { type: "string", default: "de" },
    encoder: { type: "string", default: "builtin" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: "1" },
  },
});
const threads = Number(values.threads);
console.log(describeMachine());
const encoder = await openEncoder(values.encoder, { threads });
console.log("| language | precision | recall | seconds |\n| --- | --- | --- | --- |");
for (const language of values.languages.split(",")) {
  const { source, target, gold } = await makePageSet(language, Number(values.seed));
  const partners = new Map(gold);
  const start = performance.now();
  let [found, right] = [0, 0];
  for await (const pair of pairPages(source, target, { encoder })) {
    found++;
    if (partners.get(pair.source.line - 1) === pair.target.line - 1) right++;
  }
  const seconds = (performance.now() - start) / 1000;
  const cells = [(right / found).toFixed(3), (right / gold.length).toFixed(3), seconds.toFixed(1)];
  console.log(`| ${[language, ...cells].join(" | ")} |`);
}
await encoder.close?.();
