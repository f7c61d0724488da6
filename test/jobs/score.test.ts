import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import test from "ava";
import { OptionError } from "../../src/errors.js";
import type { JobEvent } from "../../src/events.js";
import { mine } from "../../src/jobs/mine.js";
import type { ScoreOptions } from "../../src/jobs/score/options.js";
import { scoreBitext } from "../../src/jobs/score/score.js";
import type { PairInput } from "../../src/read/pairs/read-pairs.js";
import { temporaryFolder } from "../temporary-folder.js";
import { letterEncoder } from "./letter-encoder.js";
import { tableEncoder } from "./table-encoder.js";

const bytes = (data: string) => Readable.from([Buffer.from(data)]);

async function score(input: PairInput, options: ScoreOptions = {}) {
  const stream = new PassThrough();
  const [printed, summary] = await Promise.all([
    text(stream),
    scoreBitext(input, stream, options).finally(() => stream.end()),
  ]);
  return { lines: printed.split("\n").slice(0, -1), summary };
}

// a·x = 1, a·y = 0.6, b·x = 0, b·y = 0.8; with k = 2, m(a) = 0.8, m(b) = 0.4, m(x) = 0.5, m(y) = 0.7.
const encoder = tableEncoder({ a: [1, 0], b: [0, 1], x: [1, 0], y: [3, 4], "": [0, 0] });
const ALL = ["cosine", "distance", "ratio"] as const;

test("a pair whose text has no finite vector is skipped where that is asked for, else it names the line", async (t) => {
  const encoder = tableEncoder({ a: [1, 0], bad: [Number.NaN, 0], x: [1, 0] });
  const errors: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "skipped") errors.push(event.error.message);
  };
  const options = { encoder, score: "cosine" as const, k: 1, onEvent };
  const corpus = "a\tx\nbad\tx\n";
  const { lines, summary } = await score(bytes(corpus), { ...options, read: { onError: "skip" } });
  t.deepEqual(lines, ["1.000000\ta\tx", "\tbad\tx"]);
  t.deepEqual([errors.length, summary.skipped], [1, 1]);
  t.regex(errors[0], /line 2: .*NaN/);
  await t.throwsAsync(score(bytes(corpus), options), { message: /line 2: .*NaN.*--on-error|onError/ });
});

test("each pair has its cosine and margins, in its line, whatever is blank or stands twice", async (t) => {
  const corpus = "a\tx\n\nb\ty\na\tx\n \ty\na\t\nb\tx\na\ty\n";
  const { lines, summary } = await score(bytes(corpus), { encoder, k: 2, add: ALL });
  t.deepEqual(lines, [
    "1.538462\ta\tx\t1\t0.350000\t1.538462",
    "\t\t\t\t\t",
    "1.454545\tb\ty\t0.800000\t0.250000\t1.454545",
    "1.538462\ta\tx\t1\t0.350000\t1.538462",
    "\t \ty\t\t\t",
    "\ta\t\t\t\t",
    "0.000000\tb\tx\t0\t-0.450000\t0",
    "0.800000\ta\ty\t0.600000\t-0.150000\t0.800000",
  ]);
  t.like(summary, { pairs: 8, unscored: 3, sentences: { source: 2, target: 2 }, score: "ratio", k: 2 });
  t.is(summary.scores!.maximum.toFixed(6), "1.538462");
});

test("sentences beside the bitext's own make its neighbourhoods denser", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "mono"), "y\n\ny\n");
  // Without y as a neighbour m(a) is 1 and m(x) = 1, so that the distance is 0.
  t.deepEqual((await score(bytes("a\tx\n"), { encoder, k: 2, score: "distance" })).lines, ["0.000000\ta\tx"]);
  const { lines } = await score(bytes("a\tx\n"), {
    encoder,
    k: 2,
    score: "distance",
    neighbourhood: { target: join(folder, "mono") },
  });
  // m(a) = 0.8 and m(x) = 1.
  t.deepEqual(lines, ["0.100000\ta\tx"]);
});

test("a text without any feature has no score", async (t) => {
  const nothing = tableEncoder({ a: [1, 0], x: [1, 0], b: [0, 0], y: [0, 1] });
  const { lines, summary } = await score(bytes("a\tx\nb\ty\n"), { encoder: nothing, k: 1, add: ["cosine"] });
  t.deepEqual(lines, ["1.000000\ta\tx\t1", "\tb\ty\t"]);
  t.is(summary.unscored, 1);
});

test("pairs have the scores that they were mined with", async (t) => {
  const mined = new Map<string, number>();
  for await (const { source, target, score } of mine("samples/town.de", "samples/town.en"))
    mined.set(`${source.text}\t${target.text}`, score);
  const { lines } = await score(bytes([...mined.keys()].map((pair) => `${pair}\n`).join("")), {
    neighbourhood: { source: "samples/town.de", target: "samples/town.en" },
  });
  t.is(lines.length, mined.size);
  for (const [i, [pair, score]] of [...mined].entries()) {
    const [found, ...texts] = lines[i].split("\t");
    t.is(texts.join("\t"), pair);
    t.true(Math.abs(Number(found) - score) < 2e-6, pair);
  }
});

test("a budget of memory, two files and a stream give the same scores", async (t) => {
  const folder = temporaryFolder(t);
  const read = (name: string) => readFileSync(`samples/town.${name}`, "utf8").split("\n").slice(0, 120);
  const [de, en] = [read("de"), read("en")];
  for (const [name, lines] of Object.entries({ de, en }))
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  const tsv = de.map((source, i) => `${source}\t${en[i]}\n`).join("");
  const { lines } = await score(bytes(tsv), { add: ALL });
  const moses = await score([join(folder, "de"), join(folder, "en")], { add: ALL, memory: 64 * 2 ** 20 });
  t.deepEqual(moses.lines, lines);
});

test("a run folder goes on with what it has, and notices another corpus", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const corpus = readFileSync("samples/town.de", "utf8").replaceAll(/(.*)\n/g, "$1\t$1!\n");
  const encoder = letterEncoder();
  const first = await score(bytes(corpus), { encoder, run });
  const { encoded } = encoder;
  const events: JobEvent[] = [];
  const again = await score(bytes(corpus), {
    encoder,
    run,
    score: "distance",
    onEvent: (event) => events.push(event),
  });
  t.is(encoder.encoded, encoded);
  t.deepEqual(
    again.lines.map((line) => line.slice(line.indexOf("\t"))),
    first.lines.map((line) => line.slice(line.indexOf("\t"))),
  );
  t.deepEqual(
    events.flatMap((event) => (event.kind === "stage" ? `${event.stage} ${event.what}` : [])),
    ["bitext kept", "candidates kept", "cosines kept"],
  );
  await score(bytes(`${corpus}neu\tnew\n`), { encoder, run });
  t.true(encoder.encoded > encoded);
  t.deepEqual(
    readdirSync(run).filter((name) => name.includes("spool")),
    [],
  );
});

test("what was counted is left beside the output", async (t) => {
  const output = join(temporaryFolder(t), "scored.tsv.gz");
  await scoreBitext(bytes("a\tx\n\n"), output, { encoder, k: 1 });
  const stats = JSON.parse(readFileSync(`${output}.stats.json`, "utf8"));
  t.like(stats, { pairs: 2, unscored: 1, encoder: "table", k: 1, score: "ratio" });
  t.false("seconds" in stats);
});

test("TMX that is scored keeps all that it has, and has its score as a property", async (t) => {
  const document = `<tmx version="1.4"><header srclang="en"/><body><tu tuid="7"><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="de"><seg>x</seg></tuv></tu></body></tmx>`;
  const options = {
    encoder,
    k: 1,
    score: "cosine",
    read: { format: "tmx" },
    write: { format: "tmx" },
  } as const;
  const { lines } = await score(bytes(document), options);
  t.regex(lines.join("\n"), /<tu tuid="7">\n\s*<prop type="x-score">1<\/prop>/);
});

test("a corpus that changes while it is scored is an error, not a wrong score", async (t) => {
  const path = join(temporaryFolder(t), "corpus.tsv");
  writeFileSync(path, "a\tx\nb\ty\n");
  const shrinking = {
    ...encoder,
    encode: async (texts: readonly string[]) => {
      writeFileSync(path, "a\tx\n");
      return encoder.encode(texts);
    },
  };
  await t.throwsAsync(score(path, { encoder: shrinking, k: 1 }), {
    message: /corpus\.tsv: had 8 bytes at first and has 4 now/,
  });
});

test("an empty corpus stays empty, and one that is blank on a side gets no scores; both are told", async (t) => {
  const told: string[] = [];
  const onEvent = (event: JobEvent) => event.kind === "warning" && told.push(event.message);
  const empty = await score(bytes(""), { encoder, onEvent });
  t.deepEqual(empty.lines, []);
  t.like(empty.summary, { pairs: 0, unscored: 0, encoder: "" });
  const blank = await score(bytes("a\t\nb\t\n"), { encoder, add: ["length"], onEvent });
  t.deepEqual(blank.lines, ["\ta\t\t", "\tb\t\t"]);
  t.like(blank.summary, { pairs: 2, unscored: 2, sentences: { source: 2, target: 0 } });
  t.deepEqual(told, [
    "standard input: is empty; expected sentences.",
    "standard input: no sentence is left of 2 lines (2 blank); a side needs at least one.",
  ]);
  await t.throwsAsync(score(bytes("alone\n"), { encoder }), {
    message: /standard input, line 1: has 1 column/,
  });
});

test("options that cannot work are refused before anything is read", async (t) => {
  await t.throwsAsync(score(bytes(""), { score: "best" as never }), {
    instanceOf: OptionError,
    message: /adequacy/,
  });
  await t.throwsAsync(score(bytes(""), { add: ["rank" as never] }), { instanceOf: OptionError });
  await t.throwsAsync(score(bytes(""), { k: 0 }), { instanceOf: OptionError });
  await t.throwsAsync(score(bytes(""), { write: { format: "moses" } }), {
    message: /Format moses has no place for a score/,
  });
});

test("adequacy of vectors that are not centred is warned of", async (t) => {
  const warnings: string[] = [];
  const onEvent = (event: JobEvent) => event.kind === "warning" && warnings.push(event.message);
  await score(bytes("a\tx\n"), { encoder, k: 1, add: ["adequacy"], onEvent });
  t.regex(warnings.join(), /Without centre: true .* adequacy comes out too high/);
});
