import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { mine } from "../../../src/jobs/mine.js";
import { findChanges } from "../../../src/jobs/report/find-changes.js";
import { report } from "../../../src/jobs/report/report.js";
import { selectRun } from "../../../src/jobs/select-run.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { crisscross } from "../../cli/terminal.js";
import { temporaryFolder } from "../../temporary-folder.js";

const SAMPLES = ["samples/town.de", "samples/town.en"];
const FAST = ["--encoder", "ngram", "--dimensions", "64", "--threads", "1", "--quiet"];

const folder = mkdtempSync(join(tmpdir(), "crisscross-test-"));
const run = join(folder, "run");
test.before(async (t) => {
  const { code } = await crisscross(["mine", ...SAMPLES, ...FAST, "--run", run, "-o", join(folder, "p.tsv")]);
  t.is(code, 0);
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

async function selected(threshold?: number): Promise<ScoredPair[]> {
  const pairs: ScoredPair[] = [];
  for await (const pair of selectRun(run, { threshold })) pairs.push(pair);
  return pairs;
}

const words = (texts: readonly string[]) => texts.join(" ").split(/\s+/).length;

test("at each threshold a report has the pairs and words that select gives there", async (t) => {
  const { parts } = await report([run]);
  const { thresholds, pairs, words: counted } = parts[0].scores!;
  t.true(thresholds.length > 100);
  for (const place of [0, 1, thresholds.length >> 1, thresholds.length - 2, thresholds.length - 1]) {
    const chosen = await selected(thresholds[place]);
    t.is(pairs[place], chosen.length, String(thresholds[place]));
    t.is(counted.source[place], words(chosen.map(({ source }) => source.text)));
    t.is(counted.target[place], words(chosen.map(({ target }) => target.text)));
  }
  t.is(pairs[0], (await selected()).length);
});

test("pairs to look at are those of select, with ranks and what either side would take next", async (t) => {
  const { parts } = await report([run], { show: 30 });
  const all = await selected();
  const { stdout } = await crisscross(["select", run, "--all"]);
  const rows = stdout
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t"));
  const shown = parts[0].bands!.flatMap((band) => band.shown);
  t.true(shown.length >= 20 && shown.length <= 30, String(shown.length));
  for (const { score, cosine, forwardRank, source, target } of shown) {
    const pair = all.find((one) => one.source.text === source.text && one.target.text === target.text)!;
    t.deepEqual([score, cosine, forwardRank], [pair.score, pair.cosine, pair.forwardRank]);
    t.is(source.line, pair.source.lines[0]);
    const [next] = rows.filter((row) => row[1] === source.text && row[2] !== target.text);
    t.is(source.rival?.text, next?.[2]);
    const [nextOfTarget] = rows.filter((row) => row[2] === target.text && row[1] !== source.text);
    t.is(target.rival?.text, nextOfTarget?.[1]);
  }
});

test("hubs are the sentences that most have among their nearest", async (t) => {
  const { stdout } = await crisscross(["select", run, "--all"]);
  const times = new Map<string, number>();
  // Score, source, target, cosine, rank of the target, rank of the source.
  for (const [, , target, , rank] of stdout
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t")))
    if (Number(rank.split(/\D/)[0]) > 0) times.set(target, (times.get(target) ?? 0) + 1);
  const { hubs } = (await report([run])).parts[0];
  t.true(hubs!.target.length > 0);
  for (const hub of hubs!.target) t.is(times.get(hub.text), hub.times, hub.text);
  t.is(hubs!.target[0].times, Math.max(...times.values()));
});

test("addresses of texts are those of the pairs, and their hosts are counted", async (t) => {
  const folder = temporaryFolder(t);
  const sides = SAMPLES.map((sample, side) => {
    const texts = readFileSync(sample, "utf8").trimEnd().split("\n");
    const path = join(folder, `${side}.jsonl`);
    const records = texts.map((text, i) => ({
      text,
      url: `https://www.${side === 0 ? "de" : "en"}${i % 2}.example/${i}`,
    }));
    writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return path;
  });
  const mined = join(folder, "run");
  await crisscross([
    "mine",
    ...sides,
    ...FAST,
    "--run",
    mined,
    "--columns",
    "url",
    "-o",
    join(folder, "p.tsv"),
    "--header",
  ]);
  for (const input of [mined, join(folder, "p.tsv")]) {
    const [{ hosts, bands, scores }] = (await report([input])).parts;
    t.is(hosts!.of, scores!.pairs[0]);
    t.true(
      hosts!.counts.every(
        ({ source, target }) => /^de\d\.example$/.test(source) && /^en\d\.example$/.test(target),
      ),
    );
    for (const { source, target } of bands!.flatMap((band) => band.shown)) {
      t.regex(source.address!, /^https:\/\/www\.de\d\.example\//);
      t.regex(target.address!, /^https:\/\/www\.en\d\.example\//);
    }
  }
});

test("a scored bitext has the curve of its scores, its duplicates, and what has no score is told", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "scored.tsv");
  writeFileSync(path, "1.5\ta a\tx\n1.25\tb\ty y y\n\tc\tz\n1.5\ta a\tx\n");
  const [{ kind, scores, leftOut, duplicates }] = (await report([path])).parts;
  t.is(kind, "bitext");
  t.deepEqual([scores!.pairs[0], scores!.pairs.at(-1)], [3, 2]);
  t.deepEqual([scores!.words.source[0], scores!.words.target[0]], [5, 5]);
  t.deepEqual(leftOut, [{ what: "pairs without a score", count: 1 }]);
  t.is(duplicates!.counts[0].count, 1);
  t.deepEqual(duplicates!.repeated.source, [{ text: "a a", times: 2 }]);
});

test("what came and went against another bitext is told, each pair once", async (t) => {
  const folder = temporaryFolder(t);
  const [before, after] = ["before.tsv", "after.tsv"].map((name) => join(folder, name));
  writeFileSync(before, "1\ta\tx\n1\tb\ty\n1\tb\ty\n");
  writeFileSync(after, "2\ta\tx\n2\tc\tz\n2\tc\tz\n1\td\tw\n");
  const [{ changes }] = (await report([after], { against: before })).parts;
  const [{ kept, came, went, examples }] = changes!;
  t.deepEqual([kept, came, went], [1, 2, 1]);
  t.deepEqual(examples.went, [{ score: 1, source: "b", target: "y" }]);
  t.deepEqual(examples.came.map(({ source }) => source).sort(), ["c", "d"]);
});

test("a run is compared with an earlier run, whose pairs are those that it mined", async (t) => {
  const folder = temporaryFolder(t);
  const [before, after] = ["before", "after"].map((name) => join(folder, name));
  const mined = async (run: string, threshold: number) => {
    const pairs = [];
    const texts = ["samples/town.de", "samples/town.en"] as const;
    for await (const pair of mine(...texts, { encoder: "ngram", run, threshold, threads: 1 }))
      pairs.push(pair);
    return pairs.length;
  };
  const [less, more] = [await mined(before, 2), await mined(after, 1.5)];
  const [{ changes }] = (await report([after], { against: before })).parts;
  t.is(changes![0].name, `since ${before}`);
  const { kept, came, went } = changes![0];
  t.deepEqual([kept, came, went], [less, more - less, 0]);
  const scored = join(folder, "few.tsv");
  writeFileSync(scored, "1\ta\tx\n");
  t.is((await report([scored], { against: before })).parts[0].changes![0].went, less);
  const message =
    /is not the folder of crisscross mine --run; expected that, or a bitext, to compare with\. Name the bitext that lies/;
  await t.throwsAsync(report([scored], { against: folder }), { instanceOf: InputError, message });
});

test("an interruption ends a report of runs, before there is a page", async (t) => {
  for (const options of [{}, { against: run }]) {
    const interruption = new AbortController();
    const { signal } = interruption;
    setImmediate(() => interruption.abort(new Error("stop")));
    await t.throwsAsync(report([run], { ...options, signal }), { message: "stop" });
  }
  const page = join(temporaryFolder(t), "report.html");
  const { code, stderr } = await crisscross(["report", run, "-o", page], "", AbortSignal.abort());
  t.deepEqual([code, stderr], [130, "crisscross: interrupted; no half-written file is left.\n"]);
  t.false(existsSync(page));
});

test("a change is looked for until the signal aborts, though pairs wait for nothing", async (t) => {
  const interruption = new AbortController();
  const endless = function* () {
    for (let number = 0; ; number++) yield { score: 1, source: String(number), target: "" };
  };
  setImmediate(() => interruption.abort(new Error("stop")));
  const changes = findChanges("since", endless, endless, interruption.signal);
  await t.throwsAsync(changes, { message: "stop" });
});

test("what filter left is shown with its rules and what they rejected, in every format that has a reason", async (t) => {
  for (const [kept, rejected] of [
    ["kept.tsv", "rejected.tsv"],
    ["kept.jsonl", "rejected.jsonl.gz"],
    ["kept.tmx", "rejected.tmx"],
  ]) {
    const folder = join(temporaryFolder(t), "filtered");
    mkdirSync(folder);
    const argv = ["filter", "samples/noisy.de-en.tsv", "--languages", "de,en", "--quiet"];
    await crisscross([...argv, "-o", join(folder, kept), "--rejected", join(folder, rejected)]);
    const [{ kind, rules, notes }] = (await report([folder])).parts;
    t.is(kind, "filter");
    t.regex(notes.join(), /score/);
    const [rule] = rules!.filter(({ rule }) => rule === "NumberMatchFilter");
    t.is(rule.rejected, 1);
    t.is(rule.examples[0].source, "Der Leuchtturm wurde 1894 gebaut und 2003 renoviert.");
    t.regex(rule.examples[0].reason, /^NumberMatchFilter: 1/);
  }
});

test("what extract counted is shown", async (t) => {
  const folder = temporaryFolder(t);
  await crisscross(["extract", "samples/town.warc.gz", "--languages", "de,en", "-o", folder, "--quiet"]);
  const [{ kind, facts, leftOut }] = (await report([folder])).parts;
  t.is(kind, "extract");
  t.deepEqual(
    facts.find(({ name }) => name === "written in de"),
    { name: "written in de", value: "36" },
  );
  t.deepEqual(
    leftOut!.find(({ what }) => what === "records: not a page"),
    { what: "records: not a page", count: 8 },
  );
});

test("what extract counted in pages is called pages", async (t) => {
  const folder = temporaryFolder(t);
  const argv = ["extract", "samples/town.warc.gz", "--unit", "page", "--languages", "de,en", "-o", folder];
  await crisscross([...argv, "--quiet"]);
  const [{ facts, leftOut }] = (await report([folder])).parts;
  const shown = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  t.like(shown, { pages: "7", "pages written in de": "3", "pages written in en": "3" });
  t.false("written in de" in shown);
  t.deepEqual(
    leftOut!.find(({ what }) => what.startsWith("pages")),
    { what: "pages: no sentence", count: 1 },
  );
});

test("a run half done says what there is", async (t) => {
  const half = join(temporaryFolder(t), "half");
  cpSync(run, half, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(run, "manifest.json"), "utf8"));
  delete manifest.stages.candidates;
  const { format, stages } = manifest;
  writeFileSync(join(half, "manifest.json"), JSON.stringify({ format, job: "mine", stages }));
  const [{ notes, facts, scores }] = (await report([half])).parts;
  t.regex(notes[0], /half done: it has not been searched yet.*crisscross mine/);
  t.deepEqual(facts.find(({ name }) => name === "sentences of the source")?.value, "260");
  t.is(scores, undefined);
});

test("a run of which a side has no sentence says so", async (t) => {
  const folder = temporaryFolder(t);
  const empty = join(folder, "empty.txt");
  writeFileSync(empty, "\n\n");
  const nothing = join(folder, "run");
  await crisscross(["mine", empty, SAMPLES[1], ...FAST, "--run", nothing, "-o", join(folder, "p.tsv")]);
  const [{ notes }] = (await report([nothing])).parts;
  t.is(notes[0], "The source no sentence is left of 2 lines (2 blank); a side needs at least one.");
});

test("one pair, and equal scores, are reported", async (t) => {
  const folder = temporaryFolder(t);
  for (const [text, pairs] of [
    ["1.2\ta\tb\n", 1],
    ["1.2\ta\tb\n1.2\tc\td\n", 2],
  ] as const) {
    const path = join(folder, `${pairs}.tsv`);
    writeFileSync(path, text);
    const [{ scores, bands, lengths }] = (await report([path])).parts;
    t.deepEqual([scores!.thresholds, scores!.pairs], [[1.2], [pairs]]);
    t.is(bands![0].shown.length, pairs);
    t.is(lengths!.cells[0].pairs, pairs);
  }
});

test("what is no run and no scored bitext is an error that says what was expected", async (t) => {
  const folder = temporaryFolder(t);
  const says = (input: string, message: RegExp) =>
    t.throwsAsync(report([input]), { instanceOf: InputError, message });
  await says(folder, /is an empty folder; expected that of crisscross mine --run.* Make one with/);
  writeFileSync(join(folder, "notes.txt"), "x");
  await says(folder, /is no folder of a run: it has neither manifest\.json nor/);
  await says(join(folder, "gone"), /no such file/);
  const bare = join(folder, "bare.tsv");
  writeFileSync(bare, "a\tb\nc\td\n");
  await says(
    bare,
    /has no score in any of its 2 pairs; expected a bitext with scores\. Score it with crisscross score/,
  );
  writeFileSync(bare, "");
  await says(bare, /has no pairs/);
  writeFileSync(join(folder, "x.tsv.stats.json"), "[]");
  await says(folder, /x\.tsv\.stats\.json: is not what filter counted/);
  await t.throwsAsync(report([]), { instanceOf: OptionError, message: /nothing to report on/ });
});

test("a damaged run is an error", async (t) => {
  const copy = join(temporaryFolder(t), "copy");
  cpSync(run, copy, { recursive: true });
  rmSync(join(copy, "candidates.cosine.npy"));
  await t.throwsAsync(report([copy]), { instanceOf: InputError });
});
