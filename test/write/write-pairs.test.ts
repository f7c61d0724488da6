import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import test from "ava";
import { InputError, OptionError, OutputError } from "../../src/errors.js";
import type { ScoredPair } from "../../src/types/pairs.js";
import { openText } from "../../src/write/text-sink.js";
import type { WritePairsOptions } from "../../src/write/write-pairs.js";
import { writePairs } from "../../src/write/write-pairs.js";
import { temporaryFolder } from "../temporary-folder.js";
import { unpackZstd } from "../zstd/pack-zstd.js";

const pair: ScoredPair = {
  score: 1.23456789,
  cosine: 0.5,
  source: { text: "ein\tHafen", lines: [1, 7], ids: ["de-1", "de-7"] },
  target: { text: "a\r\nharbour", lines: [3], ids: ["en-3"] },
  forwardRank: 1,
  backwardRank: 0,
};

async function* once(...pairs: ScoredPair[]) {
  yield* pairs;
}

async function written(options: WritePairsOptions): Promise<string> {
  const stream = new PassThrough();
  await writePairs(once(pair), stream, options);
  stream.end();
  return text(stream);
}

test("TSV is score, source, target; six decimals, and separators in a text become spaces", async (t) => {
  t.is(await written({}), "1.234568\tein Hafen\ta harbour\n");
});

test("columns follow in the order they are asked for", async (t) => {
  t.is(
    await written({ columns: ["cosine", "rank", "id", "line"] }),
    "1.234568\tein Hafen\ta harbour\t0.500000\t1\t0\tde-1,de-7\ten-3\t1,7\t3\n",
  );
});

test("fields of the texts are columns, too: every value of a text, joined by spaces", async (t) => {
  const fields = {
    source: { ...pair.source, fields: { url: ["http://a/,b", "http://c/"], "meta.at": ["1", "2"] } },
    target: { ...pair.target, fields: { url: [], "meta.at": ["3"] } },
  };
  const stream = new PassThrough();
  await writePairs(once({ ...pair, ...fields }), stream, { columns: ["url", "line"] });
  await writePairs(once({ ...pair, ...fields }), stream, { format: "jsonl", columns: ["meta.at"] });
  stream.end();
  const [tsv, jsonl] = (await text(stream)).split("\n");
  t.is(tsv, "1.234568\tein Hafen\ta harbour\thttp://a/,b http://c/\t\t1,7\t3");
  t.like(JSON.parse(jsonl), { "sourceMeta.at": "1 2", "targetMeta.at": "3" });
});

test("a column that is no field of the texts is an error that names those that are", async (t) => {
  await t.throwsAsync(written({ columns: ["url"] }), {
    instanceOf: OptionError,
    message:
      'columns names "url"; expected one of id, line, cosine, rank, margin. Name a field of the texts when you mine them, so that it is kept.',
  });
});

test("JSON lines keep the texts as they are", async (t) => {
  t.deepEqual(JSON.parse(await written({ format: "jsonl", columns: ["line", "rank"] })), {
    score: 1.234568,
    source: "ein\tHafen",
    target: "a\r\nharbour",
    sourceLine: "1,7",
    targetLine: "3",
    forwardRank: 1,
    backwardRank: 0,
  });
});

test("BUCC output is the cross product of identifiers", async (t) => {
  t.is(await written({ format: "bucc" }), "de-1\ten-3\nde-7\ten-3\n");
});

test("BUCC output of an input without identifiers says how to read them", async (t) => {
  const bare = { ...pair, target: { ...pair.target, ids: [] } };
  await t.throwsAsync(writePairs(once(bare), new PassThrough(), { format: "bucc" }), {
    instanceOf: InputError,
    message: /target, line 3: has no identifier.*format: "bucc"/,
  });
});

test("a file is compressed by its suffix and its format chosen by it", async (t) => {
  const folder = temporaryFolder(t);
  await writePairs(once(pair), join(folder, "pairs.tsv.gz"));
  t.is(gunzipSync(readFileSync(join(folder, "pairs.tsv.gz"))).toString(), "1.234568\tein Hafen\ta harbour\n");

  await writePairs(once(pair), join(folder, "pairs.jsonl.zst"));
  t.is(JSON.parse(String(await unpackZstd(readFileSync(join(folder, "pairs.jsonl.zst"))))).score, 1.234568);

  await t.throwsAsync(writePairs(once(pair), join(folder, "pairs.tsv.xz")), {
    instanceOf: OutputError,
    message: /xz and bz2 are read but not written/,
  });
});

test("a run that fails leaves the file that was there, and nothing half-written", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "pairs.tsv");
  writeFileSync(output, "from before\n");
  async function* failing() {
    yield* Array<ScoredPair>(10_000).fill(pair);
    throw new Error("no more");
  }
  await t.throwsAsync(writePairs(failing(), output), { message: "no more" });
  t.is(readFileSync(output, "utf8"), "from before\n");
  t.deepEqual(readdirSync(folder), ["pairs.tsv"]);
});

test("a folder that does not exist, and a folder in place of a file, are named", async (t) => {
  const folder = temporaryFolder(t);
  await t.throwsAsync(writePairs(once(pair), join(folder, "no/pairs.tsv")), {
    instanceOf: OutputError,
    message: /no\/pairs\.tsv: its folder does not exist/,
  });
  mkdirSync(join(folder, "pairs"));
  await t.throwsAsync(writePairs(once(pair), join(folder, "pairs")), { message: /pairs: is a folder/ });
});

for (const name of ["pipe", "pipe.gz"])
  test(`an interruption ends the wait for somebody who reads the named pipe ${name}`, async (t) => {
    const pipe = join(temporaryFolder(t), name);
    spawnSync("mkfifo", [pipe]);
    const interruption = new AbortController();
    setImmediate(() => interruption.abort(new Error("stop")));
    const writing = writePairs(once(pair), pipe, { format: "tsv", signal: interruption.signal });
    await t.throwsAsync(writing, { message: "stop" });
    // What waits in a thread is let go.
    await readFile(pipe);
  });

(existsSync("/dev/full") ? test : test.skip)("a full disk is one sentence", async (t) => {
  await t.throwsAsync(writePairs(once(pair), "/dev/full"), {
    instanceOf: OutputError,
    message: /\/dev\/full: the disk is full/,
  });
});

test("pairs are written at the pace of the reader", async (t) => {
  let given = 0;
  async function* counted() {
    for (; given < 100_000; given++) yield pair;
  }
  const blocked = new Writable({ highWaterMark: 1, write: () => {} });
  const stop = new AbortController();
  const writing = writePairs(counted(), blocked, { signal: stop.signal });
  await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
  stop.abort();
  await t.throwsAsync(writing, { any: true });
  t.true(given < 100_000);
});

test("a link's target is replaced, not the link", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "real.tsv"), "from before\n");
  symlinkSync(join(folder, "real.tsv"), join(folder, "link.tsv"));
  await writePairs(once(pair), join(folder, "link.tsv"));
  t.true(lstatSync(join(folder, "link.tsv")).isSymbolicLink());
  t.is(readFileSync(join(folder, "real.tsv"), "utf8"), "1.234568\tein Hafen\ta harbour\n");
});

for (const suffix of ["gz", "zst"])
  (existsSync("/dev/full") ? test : test.skip)(
    `a disk that gets full while .${suffix} is written ends the writing, whichever write meets it`,
    async (t) => {
      const link = join(temporaryFolder(t), `out.tsv.${suffix}`);
      symlinkSync("/dev/full", link);
      // More than a compressor holds back.
      const noise = () => randomBytes(100_000).toString("latin1");
      const write = async () => {
        await using sink = openText(link);
        for (let i = 0; i < 50; i++) await sink.write(noise());
        await sink.finish();
      };
      await t.throwsAsync(write(), {
        instanceOf: OutputError,
        message: /out\.tsv\.\w+: the disk is full\. /,
      });
    },
  );
