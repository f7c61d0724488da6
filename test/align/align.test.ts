import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { Aligner, type Alignment } from "../../src/align/aligner.js";
import {
  type BlockVectors,
  blocksInMemory,
  blockTexts,
  countLetters,
  sampledPlaces,
} from "../../src/align/block-vectors.js";
import type { OpenRows } from "../../src/align/row-store.js";
import { SharedWords } from "../../src/align/shared-words.js";
import type { JobEvent } from "../../src/events.js";
import { align } from "../../src/jobs/align/align.js";
import type { AlignedSentences, AlignOptions } from "../../src/jobs/align/options.js";
import { writeAlignments } from "../../src/jobs/align/write-alignments.js";
import { randomNumbers } from "../../src/statistics/random-numbers.js";
import { embedBlocks } from "../../src/steps/vectors/embed-blocks.js";
import { rowsInFiles } from "../../src/steps/vectors/rows-in-files.js";
import { Ladder } from "../../src/write/alignments.js";
import { crisscross } from "../cli/terminal.js";
import { letterEncoder } from "../jobs/letter-encoder.js";
import { testShared } from "../shared.js";
import { temporaryFolder } from "../temporary-folder.js";

const DIMENSIONS = 96;

/** Blocks of sentences that are sums of ideas: those of the same ideas have the same vector. */
function blocksOf(sentences: readonly (readonly number[])[], longest = 7): BlockVectors {
  const step = longest * DIMENSIONS;
  const data = new Float32Array(sentences.length * step);
  for (const last of sentences.keys()) {
    const sum = new Float64Array(DIMENSIONS);
    for (let size = 1; size <= longest && size <= last + 1; size++) {
      for (const idea of sentences[last + 1 - size]) addIdea(idea, sum);
      const length = Math.hypot(...sum);
      for (let d = 0; d < DIMENSIONS; d++) data[last * step + (size - 1) * DIMENSIONS + d] = sum[d] / length;
    }
  }
  const lengths = Float64Array.from(sentences, (ideas) => 20 * ideas.length);
  return blocksInMemory(data, { dimensions: DIMENSIONS, longest, lengths });
}

function addIdea(idea: number, sum: Float64Array): void {
  const random = randomNumbers(1000 + idea);
  for (let d = 0; d < DIMENSIONS; d++) sum[d] += random() - 0.5;
}

/** Two documents of the same ideas, some sentences of which were joined or stand alone, and how they go together. */
function makeDocuments(count: number): { source: number[][]; target: number[][]; gold: string[] } {
  const random = randomNumbers(7);
  const [source, target, gold]: [number[][], number[][], string[]] = [[], [], []];
  const shapes = [
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
    [2, 1],
    [1, 2],
    [3, 1],
    [1, 1],
    [1, 0],
  ];
  for (let idea = 0; source.length < count; ) {
    const [a, b] = shapes[Math.floor(random() * shapes.length)];
    const ideas = Array.from({ length: Math.max(a, b) }, () => idea++);
    const cut = (parts: number) => (parts === 1 ? [ideas] : parts === 0 ? [] : ideas.map((one) => [one]));
    gold.push(`${source.length}+${a}:${target.length}+${b}`);
    source.push(...cut(a));
    target.push(...cut(b));
  }
  return { source, target, gold };
}

const describe = ({ source, target }: Alignment) =>
  `${source.first}+${source.end - source.first}:${target.first}+${target.end - target.first}`;

async function alignBlocks(
  source: BlockVectors,
  target: BlockVectors,
  exactBelow?: number,
  openRows?: OpenRows,
) {
  await using aligner = await Aligner.open();
  return await aligner.align(source, target, { exactBelow, openRows });
}

test("sentences that were joined, cut or left out are found, over all paths and along a coarse one", async (t) => {
  const { source, target, gold } = makeDocuments(400);
  const [x, y] = [blocksOf(source), blocksOf(target)];
  const exact = await alignBlocks(x, y, 1000);
  const near = await alignBlocks(x, y, 30);
  const found = new Set(exact.map(describe));
  const share = gold.filter((one) => found.has(one)).length / gold.length;
  t.true(share > 0.97, `found ${share}`);
  t.deepEqual(near, exact);
});

test("sums of sentences that go through files give the same alignment, and leave no file", async (t) => {
  const { source, target } = makeDocuments(2400);
  const [x, y] = [blocksOf(source), blocksOf(target)];
  const folder = temporaryFolder(t);
  t.deepEqual(await alignBlocks(x, y, 30, rowsInFiles(folder)), await alignBlocks(x, y, 30));
  t.deepEqual(readdirSync(folder), []);
});

test("two texts of two to four sentences are aligned as longer ones are", async (t) => {
  for (const count of [2, 3, 4]) {
    const ideas = Array.from({ length: count }, (_, i) => [i]);
    const alignments = await alignBlocks(blocksOf(ideas), blocksOf(ideas));
    t.deepEqual(
      alignments.map(describe),
      ideas.map((_, i) => `${i}+1:${i}+1`),
    );
  }
});

test("a chapter that one text lacks stands alone, and does not lead the coarse path astray", async (t) => {
  const chapters = Array.from({ length: 500 }, (_, idea) => [idea]);
  const shorter = [...chapters.slice(0, 150), ...chapters.slice(290)];
  const alignments = await alignBlocks(blocksOf(chapters), blocksOf(shorter), 40);
  const alone = alignments.filter(({ target }) => target.first === target.end);
  t.deepEqual(
    alone.map(({ source }) => source.first),
    Array.from({ length: 140 }, (_, i) => 150 + i),
  );
});

test("the cost is 1 − cosine by what both are with random others, without what shape and lengths add", async (t) => {
  const one = (x: number, y: number) =>
    blocksInMemory(Float32Array.of(x, y), { dimensions: 2, longest: 1, lengths: Float64Array.of(10) });
  // Both means are the one vector of the other side, so that each is as unlike to random others as to its partner.
  const [{ cosine, cost, ...spans }] = await alignBlocks(one(1, 0), one(0.8, 0.6));
  t.true(Math.abs(cosine - 0.8) < 1e-6);
  t.true(Math.abs(cost - 1) < 1e-5);
  t.deepEqual(spans, { source: { first: 0, end: 1 }, target: { first: 0, end: 1 } });
});

test("where one side has no sentences, all of the other stand alone", async (t) => {
  const alignments = await alignBlocks(blocksOf([]), blocksOf([[1], [2]]));
  t.deepEqual(alignments.map(describe), ["0+0:0+1", "0+0:1+1"]);
  t.deepEqual(await alignBlocks(blocksOf([]), blocksOf([])), []);
});

test("one sentence beside very many takes the time of one row", async (t) => {
  const many = Array.from({ length: 5000 }, (_, idea) => [idea]);
  const alignments = await alignBlocks(blocksOf([[3210]]), blocksOf(many));
  const pair = alignments.find(({ source }) => source.end > source.first);
  t.deepEqual([alignments.length, pair?.target], [5000, { first: 3210, end: 3211 }]);
});

test("blocks end with their sentence, and one that would begin before the document is empty", (t) => {
  const texts = blockTexts(["a", "b", "c"], { start: 0, end: 3, longest: 2 });
  t.deepEqual(texts, ["a", "", "b", "a b", "c", "b c"]);
  t.is(countLetters("a b, 𝄞"), 4);
});

test("words of both documents are numbers, names and words of one origin", (t) => {
  const words = new SharedWords(
    ["Der Himalaya 8848 m", "und der Rest"],
    ["L'himalayen 8848 m", "et le reste"],
  );
  const shares = (sentence: string) => {
    const sum = new Float32Array(words.dimensions);
    words.add(sentence, sum);
    return sum.some((value) => value !== 0);
  };
  t.deepEqual(["himalayisch", "8848", "8849", "Nacht", "m"].map(shares), [true, true, false, false, false]);
});

test("blocks of a long document are embedded in windows, as if all were held", async (t) => {
  const sentences = Array.from({ length: 4200 }, (_, i) => `${i} ${(i * 7919) % 1000} ${"abcdefgh"[i % 8]}`);
  const options = { encoder: letterEncoder(8), side: "source", longest: 2, name: "x" } as const;
  const blocks = await embedBlocks(sentences, options);
  const across = await blocks.read(1020, 1030);
  const inside = await blocks.read(1024, 1026);
  t.deepEqual(across.subarray(4 * 2 * 8, 6 * 2 * 8), inside);
  const singles: Float32Array[] = [];
  for await (const window of blocks.singles()) singles.push(window);
  t.deepEqual(singles[0].subarray(1024 * 8, 1025 * 8), inside.subarray(0, 8));
  t.deepEqual(singles[1].subarray(4 * 8, 5 * 8), (await blocks.read(4100, 4101)).subarray(0, 8));
  for (const [i, place] of sampledPlaces(4200).entries())
    t.deepEqual(
      blocks.sample.subarray(i * 2 * 8, (i + 1) * 2 * 8),
      await blocks.read(place, place + 1),
      String(place),
    );
});

const DE = ["Anna geht heute ins Kino 17.", "Paul wartet.", "Er liest ein Buch.", "Ende gut"];
const FR = ["Anna geht heute ins Kino 17.", "Paul wartet. Er liest ein Buch.", "Zusatz 99", "Ende gut"];

async function aligned(source: string[], target: string[], options: AlignOptions = {}) {
  const found: AlignedSentences[] = [];
  for await (const one of align(source, target, { encoder: letterEncoder(), ...options })) found.push(one);
  return found;
}

test("align gives every sentence once, with its lines; blank lines keep their numbers", async (t) => {
  const found = await aligned(["", ...DE], FR);
  t.deepEqual(
    found.map(({ sourceLines, targetLines }) => [sourceLines, targetLines]),
    [
      [[2], [1]],
      [[3, 4], [2]],
      [[], [3]],
      [[5], [4]],
    ],
  );
  t.is(found[1].source, "Paul wartet. Er liest ein Buch.");
});

test("lines that only say how a text is divided are no sentences; they keep their numbers, and are counted", async (t) => {
  const told: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "note") told.push(event.message);
  };
  const source = ["<CHAPTER ID=1>", DE[0], ".EOA", '<SPEAKER ID="2" NAME="A. B.">', ...DE.slice(1)];
  const found = await aligned(source, [FR[0], "<P>", ...FR.slice(1), "<Ende>"], { onEvent });
  t.deepEqual(
    found.map(({ sourceLines, targetLines }) => [sourceLines, targetLines]),
    [
      [[2], [1]],
      [[5, 6], [3]],
      [[], [4]],
      [[7], [5]],
      [[], [6]],
    ],
  );
  t.deepEqual(told, [
    "source: 3 lines, such as <CHAPTER ID=1>, say how the text is divided; they are left out, as blank lines are.",
    "target: 1 line, <P>, says how the text is divided; it is left out, as blank lines are.",
  ]);
});

test("an alignment below the least score is undone, and counted", async (t) => {
  const found = await aligned(DE, FR, {
    minScore: 1,
    onSummary: ({ pairs, below, alone }) => t.deepEqual([pairs + below, alone.target], [3, 1 + below]),
  });
  t.is(found.filter(({ source, target }) => source !== "" && target !== "").length < 3, true);
});

test("two texts of one language, and one without sentences, are told", async (t) => {
  const told: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "warning") told.push(String(event.message));
  };
  const english = [
    "It was a dark night, and the old man went down to the sea to look for his boat once more.",
  ];
  await aligned(english, english, { onEvent });
  await aligned(DE, [" "], { onEvent });
  t.regex(told[0], /both seem to be in one language \(en\)/);
  t.regex(told[1], /target: has no sentences/);
  await t.throwsAsync(aligned([], [""]), { message: /has no sentences, and neither has/ });
});

test("options out of range are refused", async (t) => {
  await t.throwsAsync(aligned(DE, FR, { maxSentences: 1 }), { message: /maxSentences is 1/ });
  await t.throwsAsync(aligned(DE, FR, { minScore: 2 }), { message: /minScore is 2/ });
});

test("alignments are written as TSV, in Vecalign's format, as a ladder and as Moses; the rest beside them", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const write = async (output: string | [string, string], options = {}) => {
    await writeAlignments(DE, FR, output, { encoder: letterEncoder(), ...options });
    return readFileSync([output].flat()[0], "utf8");
  };
  const rows = (await write(at("a.tsv"), { rest: at("rest") })).trimEnd().split("\n");
  t.deepEqual(
    rows.map((row) => row.split("\t").slice(4)),
    [
      ["1", "1"],
      ["2-3", "2"],
      ["4", "4"],
    ],
  );
  t.is(readFileSync(at("rest"), "utf8"), "target\t3\tZusatz 99\n");
  const vecalign = await write(at("a.v"), { format: "vecalign" });
  t.regex(vecalign, /^\[0\]:\[0\]:\S+\n\[1, 2\]:\[1\]:\S+\n\[\]:\[2\]:0\.000000\n\[3\]:\[3\]:\S+\n$/);
  const ladder = await write(at("a.l"), { format: "ladder" });
  t.deepEqual(
    ladder
      .trimEnd()
      .split("\n")
      .map((rung) => rung.split("\t").slice(0, 2).join()),
    ["0,0", "1,1", "3,2", "3,3", "4,4"],
  );
  t.is(await write([at("m.de"), at("m.fr")]), `${DE[0]}\n${DE[1]} ${DE[2]}\n${DE[3]}\n`);
  await t.throwsAsync(write(at("b.v"), { format: "vecalign", header: true }), {
    message: /header is for bitexts/,
  });
  t.false(existsSync(at("b.v")));
});

test("a ladder has the alignments of Vecalign's format where lines are blank, and each blank line alone", (t) => {
  // Blank are the source's second and third lines and the target's second: [0]:[0], [3]:[2], [4, 5]:[3].
  const ladder = new Ladder();
  const aligned = [
    { sourceLines: [1], targetLines: [1], cost: 0.5, cosine: 0.5 },
    { sourceLines: [4], targetLines: [3], cost: 0.5, cosine: 0.25 },
    { sourceLines: [5, 6], targetLines: [4], cost: 0.5, cosine: 0.125 },
  ];
  const rungs = aligned.map((one) => ladder.format(one)).join("") + ladder.end();
  const expected = ["0 0 0.5", "1 1 0", "2 1 0", "3 1 0", "3 2 0.25", "4 3 0.125", "6 4 0"];
  t.deepEqual(
    rungs
      .trimEnd()
      .split("\n")
      .map((rung) => rung.split("\t").map(Number).join(" ")),
    expected,
  );
});

test("the command aligns, tells what it found, and its output is evaluated", async (t) => {
  const folder = temporaryFolder(t);
  const [de, fr, gold] = ["x.de", "x.fr", "gold"].map((name) => join(folder, name));
  writeFileSync(de, `${DE.join("\n")}\n`);
  writeFileSync(fr, `${FR.join("\n")}\n`);
  writeFileSync(gold, "[0]:[0]\n[1, 2]:[1]\n[]:[2]\n[3]:[3]\n");
  const argv = ["align", de, fr, "--encoder", "ngram", "--output-format", "vecalign"];
  const { code, stdout, stderr } = await crisscross(argv);
  t.is(code, 0, stderr);
  t.regex(stderr, /3 pairs · 2 of one sentence each · 4 and 4 sentences · 0 and 1 alone/);
  const judged = await crisscross(["evaluate", "alignment", "-", "--gold", gold, "--json"], stdout);
  t.is(JSON.parse(judged.stdout).rows[0].figures["strict F1"].value, 1);
});

test("the bytes are the same whatever the threads", async (t) => {
  const folder = temporaryFolder(t);
  const [de, fr] = ["x.de", "x.fr"].map((name) => join(folder, name));
  const lines = Array.from({ length: 150 }, (_, i) => `${DE[i % 4]} ${(i * 7919) % 1000}`);
  writeFileSync(de, lines.join("\n"));
  writeFileSync(fr, lines.filter((_, i) => i % 9 !== 4).join("\n"));
  const run = (threads: string) =>
    crisscross(["align", de, fr, "--encoder", "ngram", "--threads", threads, "--output-format", "vecalign"]);
  const [one, two] = [await run("1"), await run("2")];
  t.is(one.code, 0, one.stderr);
  t.is(one.stdout, two.stdout);
});

test("a text that is none is refused", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "x.de");
  writeFileSync(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]));
  const { code, stderr } = await crisscross(["align", path, path]);
  t.not(code, 0);
  t.regex(stderr, /x\.de/);
});

testShared(
  "the built-in encoder aligns Text+Berg as well as measured",
  "data/align/textberg/dev.de",
  async (t, de) => {
    const base = de.slice(0, -3);
    const { stdout } = await crisscross([
      "align",
      de,
      `${base}.fr`,
      "--output-format",
      "vecalign",
      "--quiet",
    ]);
    const judged = await crisscross(
      ["evaluate", "alignment", "-", "--gold", `${base}.defr`, "--json"],
      stdout,
    );
    const f1 = JSON.parse(judged.stdout).rows[0].figures["strict F1"].value;
    t.true(f1 >= 0.88, `${f1}`);
  },
);
