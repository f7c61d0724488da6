/**
 * Makes the encoder that is shipped with the package: distils multilingual-e5-small into a table, trains it on translation
 * pairs of fifty languages, packs it to four bits, evaluates it as it is shipped, and writes its card.
 *
 *   node dist/pipelines/builtin-encoder.js [--shared ../shared] [--work .cache/builtin] [--output src/embed/builtin]
 *
 * What is done already is kept, and training goes on where it was interrupted. Two cores take about an hour.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  distil,
  evaluateBucc,
  evaluateTatoeba,
  findBuccTasks,
  type JobEvent,
  trainStatic,
} from "../src/index.js";
import { miningTable, tatoebaTable } from "./builtin-encoder/tables.js";
import { TATOEBA_CODES } from "./builtin-encoder/tatoeba-codes.js";

const TEACHER = "models/multilingual-e5-small";
const OPTIONS = {
  steps: 20_000,
  batch: 1024,
  learningRate: 0.1,
  scale: 14,
  validation: 512,
  validateEvery: 2000,
  seed: 0,
};

/** Where the pairs come from, and under which licence. */
const DATA = [
  ["Tatoeba sentences by way of manythings.org", "CC-BY 2.0 FR"],
  ["LibreOffice help and interface", "MPL-2.0"],
  ["Battle for Wesnoth, Freeciv, GNOME and Debian handbooks and guides", "GPL, CC-BY-SA"],
  ["Debian package descriptions", "that of each package"],
  ["Quran translations", "CC-BY"],
  ["Bible translations", "CC0, public domain"],
  ["Multi30k captions", "research"],
];

const { values: where } = parseArgs({
  options: {
    shared: { type: "string", default: "../shared" },
    work: { type: "string", default: ".cache/builtin" },
    output: { type: "string", default: "src/embed/builtin" },
  },
});
const shared = (name: string) => join(where.shared, name);
const onEvent = (event: JobEvent) => {
  if (event.kind === "note" || event.kind === "warning") console.error(event.message);
};

mkdirSync(where.work, { recursive: true });
const distilled = join(where.work, "distilled");
if (!existsSync(distilled)) await distil(shared(TEACHER), distilled, { onEvent });

const trained = join(where.work, "trained");
if (!existsSync(trained)) await train();
rmSync(where.output, { recursive: true, force: true });
cpSync(trained, where.output, { recursive: true });

const encoder = where.output;
const languages = Object.values(TATOEBA_CODES);
const tatoeba = await evaluateTatoeba(shared("data/tatoeba"), { encoder, languages });
const tasks = await findBuccTasks(shared("data/mining"));
const mining = await evaluateBucc(tasks, { encoder, margins: ["ratio", "distance"] });
writeFileSync(join(where.output, "README.md"), card());

async function train(): Promise<void> {
  const measuredOnly = [
    ...filesOf("data/tatoeba", /^tatoeba\./),
    ...filesOf("data/mining", /\.dev\.(?!gold$)/),
  ];
  const { keptOut } = await trainStatic(trained, {
    ...OPTIONS,
    from: distilled,
    pairs: filesOf("data/parallel", /\.tsv\.xz$/),
    keepOut: measuredOnly,
    type: "int4",
    onEvent,
  });
  console.error(`${keptOut} pairs were left out because a test set has one of their sentences`);
}

function filesOf(folder: string, wanted: RegExp): string[] {
  const names = readdirSync(shared(folder)).filter((name) => wanted.test(name));
  return names.sort().map((name) => join(shared(folder), name));
}

function card(): string {
  const { training } = JSON.parse(readFileSync(join(trained, "config.json"), "utf8"));
  const files: { name: string; count: number }[] = training.pairs;
  const total = files.reduce((sum, { count }) => sum + count, 0);
  const languages = files.map(({ name, count }) => `${name.slice(3, 5)} ${count.toLocaleString("en")}`);
  return `# The built-in encoder

The static sentence encoder of fifty languages that comes with crisscross. ([crisscross](../../../README.md))

A sentence's vector is the normalised sum of the rows of its pieces, 384 numbers each. The encoder does not see the
order of words, nor what a word means next to others; it is tens of times as fast as the smallest Transformer. Subtract
each side's mean before you compare vectors; crisscross does so by default.

\`pipelines/builtin-encoder.ts\` made it in two steps. First, every piece of multilingual-e5-small's tokenizer went
through that encoder (MIT, Wang et al. 2024), and principal components of the vectors became a table. Then the whole
table was trained on translation pairs, by in-batch contrast. No sentence of the test sets below was trained on: none of
the pairs has one of their 205,829 sentences on either side, compared by letters and digits alone (\`node
dist/test/bench/kept-out.js\` counts them).

## Languages and data

${total.toLocaleString("en")} pairs with English: ${languages.join(", ")}. The tokenizer's other languages have
only what distillation gave them.

| source | licence |
| --- | --- |
${DATA.map(([source, licence]) => `| ${source} | ${licence} |`).join("\n")}

Whether weights that were trained on texts under a share-alike licence are a derived work is unsettled law. The weights
are numbers for pieces of words and hold no sentence as such. If you must be certain, train on data of your own, with
\`crisscross train table\`.

## Options

The table is that of step ${training.outcome.step.toLocaleString("en")}, which had the best validation accuracy,
${training.outcome.accuracy.toFixed(4)}, over 512 held-out pairs a language. The scale of the loss was tuned on the mining sets,
so their figures are slightly optimistic; nothing was tuned on Tatoeba.

\`\`\`json
${JSON.stringify({ ...OPTIONS, learningRateFalls: "linearly to 0", optimiser: "row-wise Adagrad", dimensions: 384, stored: "4 bits, blocks of 32" }, null, 2)}
\`\`\`

## Figures, as shipped

Tatoeba: closed-set accuracy, no margin. Mining: best F1 over sets in BUCC's format, k = 4, \`max\`.

${tatoebaTable(tatoeba)}

${miningTable(mining, tasks)}

## Limits

Sentences that differ in word order, in negation or in who does what to whom look alike. Languages without training
pairs are weak, and so are scripts with few pieces. Long sentences blur, and whole pages even more.
`;
}
