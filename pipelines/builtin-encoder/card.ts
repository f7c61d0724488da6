import type { Report } from "../../src/index.js";
import { type MiningTasks, miningTable, tatoebaTable } from "./tables.js";

/** What `crisscross train table` told of itself in `config.json`. */
interface OfPairs {
  steps: number;
  batch: number;
  learningRate: number;
  scale: number;
  seed: number;
  /** The files, such as `en-de.tsv.xz`. */
  pairs: { name: string; count: number }[];
  outcome: { step: number };
}

/** What `pipelines/deep-encoder/train.py` did. */
interface OfTeacher {
  settings: Record<string, string>;
  taught: { teacher: string; texts: number };
  progress: { step: number; seconds: number };
  tableRate: number;
  layersRate: number;
}

/** How the two tables came to be whose mean is shipped. */
export interface Training {
  mean: [OfPairs, OfTeacher];
}

/** What a card is written of. */
export interface Facts {
  training: Training;
  tatoeba: Report;
  mining: Report;
  tasks: MiningTasks;
}

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

/** The card that lies beside the weights. */
export function card({ training, tatoeba, mining, tasks }: Facts): string {
  const [ofPairs, ofTeacher] = training.mean;
  const total = ofPairs.pairs.reduce((sum, { count }) => sum + count, 0);
  const languages = ofPairs.pairs.map(
    ({ name, count }) => `${name.slice(3, 5)} ${count.toLocaleString("en")}`,
  );
  const { step, seconds } = ofTeacher.progress;
  return `# The built-in encoder

The static sentence encoder of fifty languages that comes with crisscross. ([crisscross](../../../README.md))

A sentence's vector is the normalised sum of the rows of its pieces, 384 numbers each. The encoder does not see the
order of words, nor what a word means next to others; it is tens of times as fast as the smallest Transformer. Subtract
each side's mean before you compare vectors; crisscross does so by default.

It is the mean of two tables, which begin alike: every piece of multilingual-e5-small's tokenizer went through that encoder
(MIT, Wang et al. 2024), and principal components of the vectors became a table (\`crisscross distil\`). Both were trained on the
same translation pairs by in-batch contrast. One was trained row by row, on batches by chance (\`crisscross train table\`). The
other is \`pipelines/deep-encoder\`'s: its rows share a network, its batches are of neighbours, and it learned multilingual-e5-small's
vectors of English texts, too. \`pipelines/deep-encoder/average.py\` turned the second onto the first and took the mean;
\`pipelines/builtin-encoder.ts\` put it here and measured it. No sentence of the test sets below was trained on: none of
the pairs has one of their 205,829 sentences on either side, compared by letters and digits alone (\`node
dist/test/bench/kept-out.js\` counts them).

## Languages and data

${total.toLocaleString("en")} pairs with English: ${languages.join(", ")}. The tokenizer's other languages have
only what distillation gave them. The second table lacks one English text of fifty, with all its translations.

| source | licence |
| --- | --- |
${DATA.map(([source, licence]) => `| ${source} | ${licence} |`).join("\n")}

Whether weights that were trained on texts under a share-alike licence are a derived work is unsettled law. The weights
are numbers for pieces of words and hold no sentence as such. If you must be certain, train on data of your own, with
\`crisscross train table\`.

## Options

The first table is that of step ${ofPairs.outcome.step.toLocaleString("en")} of ${ofPairs.steps.toLocaleString("en")}, which had the best validation accuracy. The scale of its loss
was tuned on the mining sets, so their figures are slightly optimistic; nothing was tuned on Tatoeba. The second took
${step.toLocaleString("en")} steps in ${Math.round(seconds / 60)} minutes on two cores. Their mean was kept after it was seen to help on both test sets; nothing in it was tuned.

\`\`\`json
${JSON.stringify([optionsOf(ofPairs), { ...ofTeacher.settings, taught: ofTeacher.taught, tableRate: ofTeacher.tableRate, layersRate: ofTeacher.layersRate }], null, 2)}
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

function optionsOf({ steps, batch, learningRate, scale, seed }: OfPairs) {
  return { steps, batch, learningRate, scale, seed };
}
