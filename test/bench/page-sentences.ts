/**
 * Sentences of pages: F1 of `align --pages`, and of `mine` over the same sentences at the threshold that is best for it, on
 * pages made of NLLB-Seed, or of documents of `parallel/` for a language of two letters.
 *
 *   node dist/test/bench/page-sentences.js [--languages lim_Latn,de] [--most 40] [--moved 3] [--seed 1]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { alignPages, type Encoder, mine, openEncoder, readSentences } from "../../src/index.js";
import { type Row, type TranslatedPages, translatedPages } from "../pages/translated-pages.js";
import { describeMachine } from "./machine.js";
import { readParallel } from "./parallel.js";
import { sharedPath } from "./shared.js";

/** Documents of `parallel/` whose rows stand in the order of their texts. */
const IN_ORDER = ["handbook", "instguide"];

async function rowsOf(language: string): Promise<Row[]> {
  if (language.length === 2) {
    const rows = (await readParallel(language)).filter(({ origin }) => IN_ORDER.includes(origin));
    return rows.map(({ english, other }): Row => [other, english]);
  }
  const rows: Row[] = [];
  const path = join(sharedPath("data/seed"), `en-${language}.tsv.xz`);
  for await (const batch of readSentences(path, { format: "text" }))
    for (const { text } of batch) {
      const [, english, other] = text.split("\t");
      rows.push([other, english]);
    }
  return rows;
}

/** The highest F1 of the first pairs, however many. */
function bestF1(pairs: readonly string[], gold: ReadonlySet<string>): number {
  let [best, right] = [0, 0];
  for (const [i, pair] of pairs.entries()) {
    if (gold.has(pair)) right++;
    best = Math.max(best, (2 * right) / (i + 1 + gold.size));
  }
  return best;
}

async function mined({ source, target }: TranslatedPages, encoder: Encoder): Promise<string[]> {
  const textsOf = (pages: TranslatedPages["source"]) => pages.flatMap(({ blocks }) => blocks.flat());
  const pairs: [score: number, pair: string][] = [];
  for await (const { score, source: x, target: y } of mine(textsOf(source), textsOf(target), { encoder }))
    pairs.push([score, `${x.text}\t${y.text}`]);
  return pairs.sort(([a], [b]) => b - a).map(([, pair]) => pair);
}

async function ofPages(
  { source, target }: TranslatedPages,
  encoder: Encoder,
): Promise<{ pairs: Set<string>; paired: number }> {
  const pairs = new Set<string>();
  let paired = 0;
  const onSummary = ({ paired: pages }: { paired: { pairs: number } }) => {
    paired = pages.pairs;
  };
  for await (const { source: x, target: y } of alignPages(source, target, { encoder, onSummary }))
    if (x !== "" && y !== "") pairs.add(`${x}\t${y}`);
  return { pairs, paired };
}

const { values } = parseArgs({
  options: {
    languages: { type: "string", default: "lim_Latn,szl_Latn,fur_Latn,de,fr" },
    most: { type: "string", default: "40" },
    moved: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
  },
});
console.log(describeMachine());
console.log(
  "| language | pages | paired | mine, best F1 | align --pages, F1 | precision | recall | seconds |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
const encoder = await openEncoder("builtin", { threads: 1 });
for (const language of values.languages.split(",")) {
  const made = translatedPages(await rowsOf(language), {
    seed: Number(values.seed),
    most: Number(values.most),
    moved: Number(values.moved),
  });
  const best = bestF1(await mined(made, encoder), made.gold);
  const start = performance.now();
  const { pairs, paired } = await ofPages(made, encoder);
  const seconds = (performance.now() - start) / 1000;
  const right = [...pairs].filter((pair) => made.gold.has(pair)).length;
  const figures = [
    best,
    (2 * right) / (pairs.size + made.gold.size),
    right / pairs.size,
    right / made.gold.size,
  ];
  const cells = [
    `${made.source.length}, ${made.target.length}`,
    paired,
    ...figures.map((f) => f.toFixed(3)),
    seconds.toFixed(1),
  ];
  console.log(`| ${[language, ...cells].join(" | ")} |`);
}
await encoder.close?.();
