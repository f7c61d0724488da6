import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OutputError } from "../../../src/errors.js";
import { readManifest } from "../../../src/store/run/manifest.js";
import { madeFrom, type StageOutline, withOrigins } from "../../../src/store/run/outline.js";
import { RunFolder } from "../../../src/store/run/run-folder.js";
import type { Stage, StageNews } from "../../../src/store/run/stage.js";
import { fillDiskAt } from "../../full-disk.js";
import { temporaryFolder } from "../../temporary-folder.js";

function numberStage(value: number, key: Record<string, unknown>): Stage<number> & { made: number } {
  const stage = {
    name: "number",
    files: ["number"],
    from: [],
    key,
    made: 0,
    make: async () => {
      stage.made++;
      return value;
    },
    save: async (number: number, folder: string) => writeFileSync(join(folder, "number"), String(number)),
    load: async (folder: string) => Number(readFileSync(join(folder, "number"), "utf8")),
  };
  return stage;
}

async function keepOnce(folder: string, stage: Stage<number>) {
  const news: StageNews[] = [];
  const run = await RunFolder.open(folder, "mine", (item) => news.push(item));
  const value = await run.keep(stage);
  await run.close();
  return { value, news };
}

test("a run that another process has taken over notes nothing any more", async (t) => {
  const folder = temporaryFolder(t);
  await keepOnce(folder, numberStage(7, { k: 4 }));
  const run = await RunFolder.open(folder, "mine");
  writeFileSync(join(folder, ".lock"), JSON.stringify({ pid: 1, host: "elsewhere" }));
  const manifest = readFileSync(join(folder, "manifest.json"), "utf8");
  await t.throwsAsync(run.keep(numberStage(8, { k: 5 })), {
    instanceOf: OutputError,
    message: /another process has taken over the work there/,
  });
  t.is(readFileSync(join(folder, "manifest.json"), "utf8"), manifest);
  await run.close();
  t.deepEqual(readdirSync(folder).toSorted(), [".lock", "manifest.json", "number"]);
});

test("a run that keeps nothing leaves no folder, and one that was empty as it was", async (t) => {
  const [made, empty] = [join(temporaryFolder(t), "made"), temporaryFolder(t)];
  for (const folder of [made, empty]) {
    const failing = { ...numberStage(7, { k: 4 }), make: () => Promise.reject(new Error("no such file")) };
    await using run = await RunFolder.open(folder, "mine");
    await t.throwsAsync(run.keep(failing), { message: "no such file" });
  }
  t.false(existsSync(made));
  t.deepEqual(readdirSync(empty), []);
});

test("a run that keeps nothing leaves what is there: other files, and what was kept before", async (t) => {
  const [unfinished, kept] = [temporaryFolder(t), temporaryFolder(t)];
  await keepOnce(kept, numberStage(7, { k: 4 }));
  for (const folder of [unfinished, kept]) {
    await using _run = await RunFolder.open(folder, "mine");
    if (folder === unfinished) writeFileSync(join(folder, "draft"), "half");
  }
  t.deepEqual(readdirSync(unfinished).toSorted(), ["draft", "manifest.json"]);
  t.deepEqual(readdirSync(kept).toSorted(), ["manifest.json", "number"]);
});

test("a stage is made once, and loaded when its key is the same", async (t) => {
  const folder = temporaryFolder(t);
  const stage = numberStage(7, { k: 4 });
  t.deepEqual(await keepOnce(folder, stage), {
    value: 7,
    news: [{ stage: "number", what: "made", changes: [] }],
  });
  t.deepEqual(await keepOnce(folder, stage), {
    value: 7,
    news: [{ stage: "number", what: "kept", changes: [] }],
  });
  t.is(stage.made, 1);
});

test("another key makes it anew, and says what changed", async (t) => {
  const folder = temporaryFolder(t);
  await keepOnce(folder, numberStage(7, { k: 4, vectors: { encoder: "a" } }));
  const { value, news } = await keepOnce(
    folder,
    numberStage(8, { k: 8, vectors: { encoder: "b" }, guard: "copies" }),
  );
  t.is(value, 8);
  t.deepEqual(news[0].changes, [
    "k was 4 and is 8",
    "vectors: encoder was a and is b",
    "guard was not given and is copies",
  ]);
});

test("a stage whose making failed is not done", async (t) => {
  const folder = temporaryFolder(t);
  const failing = { ...numberStage(7, {}), make: () => Promise.reject(new Error("no")) };
  const run = await RunFolder.open(folder, "mine");
  await t.throwsAsync(run.keep(failing), { message: "no" });
  await run.close();
  t.is((await keepOnce(folder, numberStage(7, {}))).news[0].what, "made");
});

test("a disk that is full when the manifest is written is one sentence", async (t) => {
  const folder = temporaryFolder(t);
  await using run = await RunFolder.open(folder, "mine");
  fillDiskAt(join(folder, "manifest.json"));
  const full = {
    instanceOf: OutputError,
    message: `${folder}: the disk is full. No half-written file was left under a final name. Make room and run again.`,
  };
  await t.throwsAsync(run.keep(numberStage(7, {})), full);
  await t.throwsAsync(run.record("number", {}, 0), full);
  await t.throwsAsync(run.forget("number"), full);
});

test("what is made from a stage that is made anew is outdated until it is asked for", async (t) => {
  const folder = temporaryFolder(t);
  const [first, other] = [numberStage(7, { k: 4 }), numberStage(8, { k: 8 })];
  const counted = numberStage(9, {});
  const sum = { ...counted, name: "sum", from: [first] };
  const further = { ...numberStage(10, {}), name: "further", from: [sum] };
  const run = await RunFolder.open(folder, "mine");
  run.follow([first, sum, further]);
  for (const stage of [first, sum, further]) await run.keep(stage);
  const outdated = async () => {
    const { stages } = (await readManifest(folder))!;
    return Object.keys(stages).filter((name) => stages[name].outdated);
  };
  t.deepEqual(await outdated(), []);
  await run.keep(other);
  t.deepEqual(await outdated(), ["sum", "further"]);
  await run.keep(sum);
  t.deepEqual(await outdated(), ["further"]);
  t.is(counted.made, 1);
  await run.close();
});

test("stages that are dropped are forgotten, and their files and folders removed", async (t) => {
  const folder = temporaryFolder(t);
  const run = await RunFolder.open(folder, "mine");
  const stage = { ...numberStage(7, {}), files: ["number", "drafts", "never-written"] };
  await run.keep(stage);
  mkdirSync(join(folder, "drafts"));
  writeFileSync(join(folder, "drafts", "one"), "");
  writeFileSync(join(folder, "mine.txt"), "");
  await run.drop([stage]);
  t.deepEqual(run.done, []);
  await run.close();
  t.deepEqual(readdirSync(folder).sort(), ["manifest.json", "mine.txt"]);
});

test("what a stage keeps silent about is not told", async (t) => {
  const folder = temporaryFolder(t);
  const stage: Stage<number> = { ...numberStage(7, {}), silent: ["kept"] };
  t.deepEqual(
    (await keepOnce(folder, stage)).news.map(({ what }) => what),
    ["made"],
  );
  t.deepEqual((await keepOnce(folder, stage)).news, []);
});

test("a folder that holds something else is not taken for a run", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "thesis.txt"), "precious");
  await t.throwsAsync(RunFolder.open(folder, "mine"), {
    instanceOf: InputError,
    message: /is not empty and has no manifest/,
  });
});

test("a manifest that is broken or of another version is named", async (t) => {
  const folder = join(temporaryFolder(t), "run");
  mkdirSync(folder);
  writeFileSync(join(folder, "manifest.json"), "{");
  await t.throwsAsync(RunFolder.open(folder, "mine"), {
    instanceOf: InputError,
    message: /manifest\.json: is not JSON/,
  });
  writeFileSync(join(folder, "manifest.json"), '{"format": 99, "stages": {}}');
  await t.throwsAsync(RunFolder.open(folder, "mine"), { message: /has format 99; this version reads 1/ });
  for (const other of [
    "null",
    "[]",
    "3",
    '{"stages": {}}',
    '{"format": 1}',
    '{"format": {}, "stages": {}}',
  ]) {
    writeFileSync(join(folder, "manifest.json"), other);
    await t.throwsAsync(RunFolder.open(folder, "mine"), {
      instanceOf: InputError,
      message: /manifest\.json: is damaged: what it says is not what was written\. Restore it/,
    });
  }
});

const JOBS = ["mine", "score", "criss", "extract"] as const;

test("the folder of one job is refused by every other, before its first stage is done, and stays as it is", async (t) => {
  for (const job of JOBS) {
    const folder = temporaryFolder(t);
    const run = await RunFolder.open(folder, job);
    writeFileSync(join(folder, ".unfinished.part"), "half");
    await run.close();
    const before = readdirSync(folder);
    for (const other of JOBS.filter((name) => name !== job)) {
      const message = new RegExp(`is the folder of ${job}, not of ${other}.*\\. Name another folder\\.`);
      await t.throwsAsync(RunFolder.open(folder, other), { instanceOf: InputError, message });
    }
    t.deepEqual(readdirSync(folder), before);
    await (await RunFolder.open(folder, job)).close();
  }
});

test("the stages of a manifest tell whose it is where it does not say so", async (t) => {
  for (const [job, stage] of Object.entries({
    mine: "source",
    score: "bitext",
    criss: "plan",
    extract: "outputs",
  })) {
    const folder = temporaryFolder(t);
    const manifest = { format: 1, stages: { [stage]: { key: {}, seconds: 0 } } };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    for (const other of JOBS.filter((name) => name !== job))
      await t.throwsAsync(RunFolder.open(folder, other), {
        message: new RegExp(`is the folder of ${job}, not of`),
      });
    await (await RunFolder.open(folder, job as (typeof JOBS)[number])).close();
  }
});

const stage = (name: string, ...from: StageOutline[]): StageOutline => ({ name, files: [name], from });
const text = stage("text");
const vectors = stage("vectors", text);
const index = stage("index", vectors);
const candidates = stage("candidates", vectors, index);
const other = stage("other");

const namesOf = (stages: readonly StageOutline[]) => stages.map(({ name }) => name).sort();

test("origins of a stage are all that it is made from, each once", (t) => {
  t.deepEqual(namesOf(withOrigins([candidates])), ["candidates", "index", "text", "vectors"]);
  t.deepEqual(namesOf(withOrigins([vectors, other])), ["other", "text", "vectors"]);
});

test("what is made from a stage is known at one remove and at several, by its name alone", (t) => {
  const all = [text, vectors, index, candidates, other];
  t.deepEqual(namesOf(madeFrom(stage("text"), all)), ["candidates", "index", "vectors"]);
  t.deepEqual(namesOf(madeFrom(stage("index"), all)), ["candidates"]);
  t.deepEqual(madeFrom(candidates, all), []);
});
