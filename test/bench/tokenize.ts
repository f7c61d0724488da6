/**
 * The Unigram tokenizer beside the `tokenizers` package: texts per second of each, and texts whose tokens differ, over
 * tatoeba/, mining/ and distinct lines of parallel/. The package uses every core, unless TOKENIZERS_PARALLELISM is false.
 *
 *   node dist/test/bench/tokenize.js [--tokenizer tokenizer.json] [--rows 100000]
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Tokenizer } from "tokenizers";
import { parseUnigram } from "../../src/embed/unigram/unigram.js";
import { describeMachine } from "./machine.js";
import { distinctParallel } from "./parallel.js";
import { sharedPath } from "./shared.js";

const BATCH = 4_096;
const { values } = parseArgs({
  options: { tokenizer: { type: "string" }, rows: { type: "string", default: "100000" } },
});
const path = values.tokenizer ?? sharedPath("models/multilingual-e5-small/tokenizer.json");

const started = performance.now();
const unigram = parseUnigram(JSON.parse(readFileSync(path, "utf8")));
const opened = performance.now();
if (!unigram) throw new Error(`${path} asks for something that only the package reproduces.`);
const reference = Tokenizer.fromFile(path);
const referenceOpened = performance.now();
reference.disableTruncation();
reference.disablePadding();
console.log(
  `${describeMachine()} · opened in ${seconds(opened - started)}, the package's in ${seconds(referenceOpened - opened)}`,
);

const { other, english } = await distinctParallel(Number(values.rows));
await compare("tatoeba", linesOf(sharedPath("data/tatoeba"), /^tatoeba\./));
await compare("mining", linesOf(sharedPath("data/mining"), /\.dev\.(?!gold)/));
await compare("parallel, English", english);
await compare("parallel, others", other);

async function compare(name: string, texts: string[]): Promise<void> {
  let ours = 0;
  let theirs = 0;
  let differing = 0;
  let characters = 0;
  for (let start = 0; start < texts.length; start += BATCH) {
    const batch = texts.slice(start, start + BATCH);
    const before = performance.now();
    const found = batch.map((text) => unigram!.encode(text));
    const between = performance.now();
    const encodings = await reference.encodeBatch(batch, { addSpecialTokens: false });
    const expected = encodings.map((encoding) => encoding.getIds());
    theirs += performance.now() - between;
    ours += between - before;
    for (let i = 0; i < batch.length; i++) {
      characters += batch[i].length;
      if (found[i].join() !== expected[i].join()) differing++;
    }
  }
  const rate = (milliseconds: number) =>
    Math.round((texts.length / milliseconds) * 1000).toLocaleString("en");
  console.log(
    `${name}: ${texts.length} texts of ${Math.round(characters / texts.length)} characters, ${differing} differ; ${rate(ours)} texts/s, the package ${rate(theirs)}, ${(theirs / ours).toFixed(1)} times`,
  );
}

function linesOf(folder: string, wanted: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => wanted.test(name))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
