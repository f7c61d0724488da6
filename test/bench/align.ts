/**
 * Sentence alignment beside the package vecalign, from the same vectors of blocks and in one run: seconds over documents of
 * 200, 2,000 and 20,000 sentences a side, made so that it is known what belongs together; and strict and lax F1 on Text+Berg
 * dev by encoder, counted as vecalign's scorer does.
 *
 *   node dist/test/bench/align.js [--sizes 200,2000,20000] [--encoders builtin,FOLDER] [--variant quantized]
 *     [--blend builtin:0.3] [--repeats 3] [--python python3]
 *
 * The blend goes with encoders that are folders. Without --python ours is measured alone. The Python needs the package
 * vecalign (see align_vecalign.py) and numpy.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Aligner } from "../../src/align/aligner.js";
import { type BlockVectors, blocksInMemory } from "../../src/align/block-vectors.js";
import { SharedWords } from "../../src/align/shared-words.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { type AlignedSentences, scoreAlignments } from "../../src/evaluate/alignments.js";
import { readAlignments } from "../../src/read/alignments/read-alignments.js";
import { randomNumbers } from "../../src/statistics/random-numbers.js";
import { embedBlocks } from "../../src/steps/vectors/embed-blocks.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { startPython } from "./python.js";

const DIMENSIONS = 384;
const LONGEST = 7;
const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "200,2000,20000" },
    encoders: { type: "string", default: "builtin" },
    variant: { type: "string" },
    blend: { type: "string" },
    repeats: { type: "string", default: "3" },
    python: { type: "string" },
  },
});
const repeats = Number(values.repeats);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const python =
  values.python === undefined ? undefined : startPython(values.python, "align_vecalign.py", [], 1);
const aligner = await Aligner.open();
console.log(`${describeMachine()} · ${DIMENSIONS} dimensions, one thread each, median of ${repeats}`);

for (const size of values.sizes.split(",").map(Number)) {
  const { source, target, gold } = makeDocuments(size);
  await compare(`${source.sentences} × ${target.sentences}`, source, target, gold);
}
const TEXTBERG = "../shared/data/align/textberg/dev";
if (existsSync(`${TEXTBERG}.de`))
  for (const name of values.encoders.split(",")) await compareTextberg(name, TEXTBERG);
python?.end();
await aligner[Symbol.asyncDispose]();
rmSync(folder, { recursive: true });

async function compare(
  name: string,
  source: BlockVectors,
  target: BlockVectors,
  gold: readonly AlignedSentences[],
): Promise<void> {
  const ours: { seconds: number; found: AlignedSentences[] }[] = [];
  const theirs: typeof ours = [];
  const files = {
    source: join(folder, "source.f32"),
    target: join(folder, "target.f32"),
    longest: LONGEST,
    dimensions: source.dimensions,
  };
  if (python) {
    writeFileSync(files.source, await source.read(0, source.sentences));
    writeFileSync(files.target, await target.read(0, target.sentences));
  }
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(await alignOurs(source, target));
    if (python) theirs.push(await askTheirs(files));
  }
  const [us, them] = [ours, theirs].map((runs) => (runs.length > 0 ? describe(runs, gold) : undefined));
  const ratio = python ? ` · ${(secondsOf(theirs) / secondsOf(ours)).toFixed(2)} × as fast` : "";
  console.log(`${name}: crisscross ${us}${them ? ` · vecalign ${them}` : ""}${ratio}`);
}

async function alignOurs(source: BlockVectors, target: BlockVectors) {
  const start = performance.now();
  const alignments = await aligner.align(source, target);
  const seconds = (performance.now() - start) / 1000;
  const list = ({ first, end }: { first: number; end: number }) =>
    Array.from({ length: end - first }, (_, i) => first + i);
  return {
    seconds,
    found: alignments.map((one) => ({ source: list(one.source), target: list(one.target) })),
  };
}

async function askTheirs(files: object) {
  const { seconds, found } = await python!.ask<{ seconds: number; found: [number[], number[]][] }>(
    JSON.stringify(files),
  );
  return { seconds, found: found.map(([source, target]) => ({ source, target })) };
}

function secondsOf(runs: readonly { seconds: number }[]): number {
  return median(runs.map(({ seconds }) => seconds));
}

function describe(
  runs: readonly { seconds: number; found: readonly AlignedSentences[] }[],
  gold: readonly AlignedSentences[],
): string {
  const { strict, lax } = scoreAlignments([{ found: runs[0].found, gold }]);
  const seconds = secondsOf(runs);
  return `${seconds.toFixed(3)} s, F1 strict ${strict.f1.toFixed(3)} lax ${lax.f1.toFixed(3)}`;
}

async function compareTextberg(name: string, base: string): Promise<void> {
  const builtin = name === "builtin";
  const [second, weight] = values.blend?.split(":") ?? [];
  const blend = builtin || second === undefined ? undefined : { encoder: second, weight: Number(weight) };
  const encoder = await openEncoder(name, { variant: builtin ? undefined : values.variant, blend });
  const texts = (suffix: string) => readFileSync(`${base}.${suffix}`, "utf8").trimEnd().split("\n");
  const [de, fr] = [texts("de"), texts("fr")].map((lines) => lines.map((line) => line.trim()));
  const words = new SharedWords(de, fr);
  const blocks = (lines: string[], side: "source" | "target") =>
    embedBlocks(lines, { encoder, side, longest: LONGEST, words, name: side });
  const gold = await readAlignments(`${base}.defr`, "gold");
  await compare(
    `Text+Berg dev, ${encoder.space}`,
    await blocks(de, "source"),
    await blocks(fr, "target"),
    gold,
  );
  await encoder.close?.();
}

/** Two documents of the same ideas, each a random vector; each sentence has noise of its own. */
function makeDocuments(size: number): {
  source: BlockVectors;
  target: BlockVectors;
  gold: AlignedSentences[];
} {
  const random = randomNumbers(size);
  const [source, target]: [number[][], number[][]] = [[], []];
  const gold: AlignedSentences[] = [];
  const shapes = [...Array.from({ length: 7 }, () => [1, 1]), [2, 1], [1, 2], [1, 0], [0, 1]];
  for (let idea = 0; source.length < size; ) {
    const [a, b] = shapes[Math.floor(random() * shapes.length)];
    const ideas = Array.from({ length: Math.max(a, b) }, () => idea++);
    const cut = (parts: number) => (parts === 1 ? [ideas] : parts === 0 ? [] : ideas.map((one) => [one]));
    const numbers = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
    gold.push({ source: numbers(source.length, a), target: numbers(target.length, b) });
    source.push(...cut(a));
    target.push(...cut(b));
  }
  return { source: blocksOf(source, 1), target: blocksOf(target, 2), gold };
}

function blocksOf(sentences: readonly (readonly number[])[], seed: number): BlockVectors {
  const data = new Float32Array(sentences.length * LONGEST * DIMENSIONS);
  const noise = randomNumbers(seed);
  const singles = sentences.map((ideas) => {
    const vector = Float64Array.from({ length: DIMENSIONS }, () => noise() - 0.5);
    for (const idea of ideas) {
      const random = randomNumbers(idea * 31 + 7);
      for (let d = 0; d < DIMENSIONS; d++) vector[d] += random() - 0.5;
    }
    return vector;
  });
  for (const last of singles.keys()) {
    const sum = new Float64Array(DIMENSIONS);
    for (let size = 1; size <= LONGEST && size <= last + 1; size++) {
      for (let d = 0; d < DIMENSIONS; d++) sum[d] += singles[last + 1 - size][d];
      const scale = 1 / Math.hypot(...sum);
      const at = (last * LONGEST + size - 1) * DIMENSIONS;
      for (let d = 0; d < DIMENSIONS; d++) data[at + d] = sum[d] * scale;
    }
  }
  const lengths = Float64Array.from(sentences, (ideas) => 80 * ideas.length);
  return blocksInMemory(data, { dimensions: DIMENSIONS, longest: LONGEST, lengths });
}
