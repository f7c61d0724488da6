import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError, OutputError } from "../../src/errors.js";
import { convert } from "../../src/jobs/convert.js";
import { dedupBitext } from "../../src/jobs/dedup/dedup.js";
import type { DedupPairsOptions } from "../../src/jobs/dedup/dedup-pairs.js";
import { dedupPairs } from "../../src/jobs/dedup/dedup-pairs.js";
import { filterPairs } from "../../src/jobs/filter/filter-pairs.js";
import { mine } from "../../src/jobs/mine.js";
import type { ScorePairsOptions } from "../../src/jobs/score/score-pairs.js";
import { scorePairs } from "../../src/jobs/score/score-pairs.js";
import { writeBitext } from "../../src/jobs/write-bitext.js";
import { readPairs } from "../../src/read/pairs/read-pairs.js";
import type { PairLike, PairSource } from "../../src/types/bitexts.js";
import { temporaryFolder } from "../temporary-folder.js";
import { letterEncoder } from "./letter-encoder.js";
import { tableEncoder } from "./table-encoder.js";

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const dedup = <P extends PairLike>(pairs: PairSource<P>, options?: DedupPairsOptions) =>
  all(dedupPairs(pairs, options));
const score = <P extends PairLike>(pairs: PairSource<P>, options?: ScorePairsOptions) =>
  all(scorePairs(pairs, options));

const REPEATED = ["1\ta 1\tb", "3\tc\td", "2\tA 2\tb", "5\tc\td", "4\ta 1\tb", "9\tx\ty"];

for (const keep of ["first", "best", "longest"] as const)
  for (const near of [false, true])
    test(`of equal pairs in memory the ${keep} stays, as in a file, near: ${near}`, async (t) => {
      const folder = temporaryFolder(t);
      const [input, output] = [join(folder, "in.tsv"), join(folder, "out.tsv")];
      writeFileSync(input, REPEATED.map((row) => `${row}\n`).join(""));
      const { pairs, kept, duplicates } = await dedupBitext(input, output, { keep, near });
      const expected = readFileSync(output, "utf8").trimEnd().split("\n");
      t.is(expected.length, near ? 3 : 4);
      for (const source of [readPairs(input), (await all(readPairs(input))).flat()]) {
        let counts: object | undefined;
        const onSummary: DedupPairsOptions["onSummary"] = (summary) => {
          counts = summary;
        };
        const found = await dedup(source, { keep, near, onSummary });
        t.deepEqual(
          found.map(({ row }) => row?.cells.join("\t")),
          expected,
        );
        t.deepEqual(counts, { pairs, kept, duplicates });
      }
    });

test("an array's pairs come out as the very objects, others with all that they carry", async (t) => {
  const pairs = [1, 2, 1].map((key) => ({
    source: `s${key}`,
    target: "t",
    score: Number.NaN,
    at: new Date(key),
    key: BigInt(key),
    none: undefined,
  }));
  const [first, second] = await dedup(pairs);
  t.is(first, pairs[0]);
  t.is(second, pairs[1]);
  t.deepEqual(await dedup(each(pairs)), pairs.slice(0, 2));
  t.deepEqual(await dedup(new Set(pairs)), pairs.slice(0, 2));
});

// The tests before the others, since the folder for temporary files is the process's.
test.serial(
  "what lies in a temporary file is gone when the work ends, at its end, early or with an error",
  async (t) => {
    const folder = temporaryFolder(t);
    const { TMPDIR = tmpdir() } = process.env;
    process.env.TMPDIR = folder;
    const gone = Object.assign(new Error("gone"), { code: "ECONNRESET", syscall: "read" });
    const source = async function* (fails = false) {
      yield { source: "a", target: "b" };
      if (fails) throw gone;
      yield { source: "c", target: "d" };
    };
    const breaking = async () => {
      for await (const _ of dedupPairs(source())) {
        t.is(readdirSync(folder).length, 1);
        break;
      }
    };
    const failing = async (run: (pairs: AsyncIterable<PairLike>) => Promise<unknown>) =>
      t.is(await t.throwsAsync(() => run(source(true))), gone as never);
    try {
      for (const run of [() => dedup(source()), breaking, () => failing(dedup), () => failing(score)]) {
        await run();
        t.deepEqual(readdirSync(folder), []);
      }
    } finally {
      process.env.TMPDIR = TMPDIR;
    }
  },
);

// As in the tests of scoring a file: a·x = 1, a·y = 0.6, b·x = 0, b·y = 0.8; k = 2.
const encoder = tableEncoder({ a: [1, 0], b: [0, 1], x: [1, 0], y: [3, 4] });

test("pairs in memory have the scores of a file's, in their order, with what they carry", async (t) => {
  const pairs = ["ax", "by", " y", "ax", "bx"].map(([source, target], key) => ({ source, target, key }));
  const summaries: object[] = [];
  for (const given of [pairs, each(pairs), each([pairs.slice(0, 2), pairs.slice(2)])]) {
    const onSummary: ScorePairsOptions["onSummary"] = ({ pairs, unscored, sentences, k }) =>
      summaries.push({ pairs, unscored, sentences, k });
    const scored = await score(given, { encoder, k: 2, add: ["cosine"], onSummary });
    t.deepEqual(
      scored.map(({ key, source }) => `${key}${source}`),
      ["0a", "1b", "2 ", "3a", "4b"],
    );
    t.deepEqual(
      scored.map(({ score }) => score.toFixed(6)),
      ["1.538462", "1.454545", "NaN", "1.538462", "0.000000"],
    );
    t.deepEqual(
      scored.map(({ added }) => added?.cosine).map((cosine) => Number(cosine).toFixed(2)),
      ["1.00", "0.80", "NaN", "1.00", "0.00"],
    );
  }
  const summary = { pairs: 5, unscored: 1, sentences: { source: 2, target: 2 }, k: 2 };
  t.deepEqual(summaries, [summary, summary, summary]);
  const [{ score: other }] = await score([{ source: "a", target: "x" }], {
    encoder,
    k: 2,
    neighbourhood: { source: each(["b"]), target: ["y"] },
  });
  t.is(other.toFixed(6), "1.538462");
});

test("options of a file are refused for pairs in memory, and values as everywhere", async (t) => {
  const wrong: [() => Promise<unknown>, RegExp][] = [
    [() => score([], { run: "run" } as never), /^scorePairs has no option run\./],
    [() => score([], { score: "best" as never }), /score/],
    [() => dedup([], { keep: "last" as never }), /keep/],
    [() => dedup([], { read: {} } as never), /^dedupPairs has no option read\./],
  ];
  for (const [run, message] of wrong) await t.throwsAsync(run, { instanceOf: OptionError, message });
  const unscored = [{ source: "a", target: "b" }];
  await t.throwsAsync(() => dedup(unscored, { keep: "best" }), {
    instanceOf: InputError,
    message: /^pairs: has no scores/,
  });
});

test("pairs that readPairs gives are written as convert writes them", async (t) => {
  const folder = temporaryFolder(t);
  const input = join(folder, "in.jsonl");
  writeFileSync(input, '{"source":"a","target":"b","score":0.5,"url":"u"}\n{"target":"d","source":"c"}\n');
  for (const name of ["out.tsv", "out.jsonl", "out.tmx.gz"]) {
    const write = { languages: ["de", "en"] as const };
    const [one, other] = [join(folder, `converted-${name}`), join(folder, `written-${name}`)];
    await convert(input, one, { write: name.includes("tmx") ? write : {} });
    const summary = await writeBitext(readPairs(input), other, name.includes("tmx") ? write : {});
    t.deepEqual(summary, { pairs: 2 });
    t.deepEqual(readFileSync(other), readFileSync(one));
  }
});

test("pairs go from texts to a file without another between: mined, filtered, deduplicated, scored", async (t) => {
  const output = join(temporaryFolder(t), "out.jsonl");
  const encoder = letterEncoder(8);
  const mined = mine(["abab", "cdcd", "efef"], each(["baba", "dcdc", "fefe"]), { encoder });
  const kept = dedupPairs(filterPairs(mined, { rules: [({ source }) => source !== "cdcd"] }));
  const scored = scorePairs(kept, { encoder, score: "cosine" });
  const named = async function* () {
    for await (const pair of scored) yield { ...pair, fields: { line: pair.source.lines[0] } };
  };
  t.deepEqual(await writeBitext(named(), output), { pairs: 2 });
  const lines = readFileSync(output, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  t.deepEqual(
    lines.sort((a, b) => a.line - b.line),
    [
      { score: 1, source: "abab", target: "baba", line: 1 },
      { score: 1, source: "efef", target: "fefe", line: 3 },
    ],
  );
});

test("nothing is left of an output whose pairs fail", async (t) => {
  const folder = temporaryFolder(t);
  const bad = each([{ source: "a", target: "b" }, { source: "a" } as never]);
  await t.throwsAsync(() => writeBitext(bad, join(folder, "out.tsv")), { instanceOf: InputError });
  t.deepEqual(readdirSync(folder), []);
  await t.throwsAsync(() => writeBitext([], join(folder, "no", "out.tsv")), { instanceOf: OutputError });
});
