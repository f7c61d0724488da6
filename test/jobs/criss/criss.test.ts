import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { openEncoder } from "../../../src/embed/open-encoder.js";
import { openTable } from "../../../src/embed/static/open-table.js";
import { InputError, ModelError, OptionError, TrainingError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { criss } from "../../../src/jobs/criss/criss.js";
import type { CrissOptions } from "../../../src/jobs/criss/options.js";
import type { CrissTexts } from "../../../src/jobs/criss/plan.js";
import { planCriss } from "../../../src/jobs/criss/plan.js";
import { crissStatus } from "../../../src/jobs/criss/status.js";
import { mine } from "../../../src/jobs/mine.js";
import { selectRun } from "../../../src/jobs/select-run.js";
import { readSentences } from "../../../src/read/read-sentences.js";
import { planMemory } from "../../../src/steps/neighbours/memory-plan.js";
import { readManifest, writeManifest } from "../../../src/store/run/manifest.js";
import { crisscross } from "../../cli/terminal.js";
import { staticFolder, TRANSFORMER } from "../../embed/folders.js";
import { randomNumbers } from "../../random.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { finishedLoop, GOLD, linesOf, loop, newRun, TOWN } from "./loop.js";
import { smallStart } from "./small-start.js";

test("what the loop learns from its own pairs finds more of the true ones", async (t) => {
  const { rounds, summary } = await loop({ run: newRun(t), gold: GOLD, rounds: 5, validation: 0 });
  t.deepEqual(summary!.rounds, rounds);
  t.deepEqual([summary!.best, summary!.stopped], [5, false]);
  const shares = rounds.map(({ mean }) => mean.precisionAt1!);
  t.true(shares[5] > shares[0] + 0.05, String(shares));
});

test("pairs of the user's own teach the start before the first round, and every round after it", async (t) => {
  const folder = temporaryFolder(t);
  const [sources, targets] = ["samples/town.de", "samples/town.en"].map(linesOf);
  // A blank side is no translation.
  const rows = linesOf(GOLD["de-en"])
    .slice(0, 60)
    .map((row) => row.split("\t").map(Number));
  const pairs = rows.map(([x, y]) => `${sources[x - 1]}\t${targets[y - 1]}\n`);
  const file = join(folder, "few.tsv");
  writeFileSync(file, `${pairs.join("")}\t\n`);
  const options = { gold: GOLD, rounds: 1, validation: 0 };
  const run = join(folder, "run");
  const taught = await loop({ run, seedPairs: { "de-en": file }, ...options });
  const untaught = await loop({ run: join(folder, "alone"), ...options });
  for (const round of [0, 1])
    t.true(
      taught.rounds[round].mean.precisionAt1! > untaught.rounds[round].mean.precisionAt1! + 0.1,
      `${round}`,
    );
  t.true(taught.stages.includes("made start with seed pairs"));
  const again = await loop({ run, seedPairs: { "de-en": file }, ...options });
  t.deepEqual(
    again.stages.filter((stage) => !stage.startsWith("kept")),
    [],
  );
  writeFileSync(file, pairs.slice(1).join(""));
  const changed = await loop({ run, seedPairs: { "de-en": file }, ...options });
  t.true(changed.stages.includes("remade start with seed pairs"));
  await loop({ run, ...options });
  t.deepEqual(hashRunFiles(run), hashRunFiles(join(folder, "alone")));
  writeFileSync(file, "\n");
  await t.throwsAsync(loop({ run, seedPairs: { "de-en": file }, ...options }), {
    message: /few\.tsv: has no pair; expected a translation in each line/,
  });
});

test("a run is the encoder and the bitext of its best round", async (t) => {
  const run = newRun(t);
  const { summary, rounds } = await loop({ run, validation: 0 });
  const { best, pairs } = summary!;
  const written = linesOf(join(run, "pairs", "de-en.tsv"));
  t.deepEqual(written, linesOf(join(run, "rounds", String(best), "pairs", "de-en.tsv")));
  t.is(written.length, pairs);
  t.is(written.length, rounds[best].pairs["de-en"].found);
  const scores = written.map((line) => Number(line.split("\t")[0]));
  t.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  );
  const [own, inRound] = [run, join(run, "rounds", String(best - 1), "encoder")].map((path) =>
    openEncoder(path),
  );
  t.is((await own).space, (await inRound).space);
  const found = [];
  for await (const pair of mine("samples/town.de", "samples/town.en", {
    encoder: run,
    retrieval: "intersection",
    guard: "copies",
  }))
    found.push(pair.score.toFixed(6));
  t.deepEqual(
    found,
    written.map((line) => line.split("\t")[0]),
  );
});

test("a loop that is left after any round goes on, and ends with the same bytes", async (t) => {
  const { run: whole } = await finishedLoop(t);
  const run = newRun(t);
  for (const most of [1, 2, 3]) {
    await loop({ run }, TOWN, most);
    // After every round the run is an encoder and a bitext.
    t.is((await openEncoder(run)).dimensions, 32);
    t.deepEqual(readdirSync(join(run, "pairs")), ["de-en.tsv"]);
  }
  t.deepEqual((await crissStatus(run)).finished, { stopped: false });
  const { stages } = await loop({ run });
  t.deepEqual(
    stages.filter((stage) => !stage.startsWith("kept")),
    [],
  );
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
});

test("vectors that a memory limit does not hold are read a block at a time, and give the same bytes", async (t) => {
  const { run: whole } = await finishedLoop(t, { rounds: 1 });
  const run = newRun(t);
  const memory = 59_200_000;
  const size = { source: 260, target: 260, dimensions: 32 };
  t.false(planMemory({ index: "exact", type: "float32" }, size, { memory, k: 4 }).held);
  await loop({ run, rounds: 1, memory });
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
  await t.throwsAsync(loop({ run: newRun(t), memory: 2 ** 20 }), {
    instanceOf: OptionError,
    message: /memory is 1 MiB, too little to search 260 × 260 sentences by exact; the least that works is/,
  });
});

test("a changed option does again what it touches, and says why", async (t) => {
  const { run } = await finishedLoop(t, { rounds: 1 });
  const { stages, changes } = await loop({ run, rounds: 1, quantile: [0.2] });
  t.deepEqual(stages.slice(0, 4), [
    "kept text de",
    "kept text en",
    "kept round 0 candidates of de-en",
    "remade round 0 pairs",
  ]);
  t.true(stages.includes("remade round 0 encoder") && stages.includes("remade round 1 candidates of de-en"));
  t.true(changes.some((change) => /^bitext was [0-9a-f]{8}… and is [0-9a-f]{8}…$/.test(change)));
  const anew = newRun(t);
  await loop({ run: anew, rounds: 1, quantile: [0.2] });
  t.deepEqual(hashRunFiles(run), hashRunFiles(anew));
});

test("of tables the best round's alone stays, and one that is gone is made again where it is needed", async (t) => {
  const run = newRun(t);
  const options = { run, rounds: 3, validation: 0, quantile: [0.5] };
  const { summary } = await loop(options);
  t.is(summary!.best, 3);
  const tables = () => [0, 1, 2].filter((round) => existsSync(join(run, "rounds", String(round), "encoder")));
  t.deepEqual(tables(), [2]);
  const whole = hashRunFiles(run);
  const damaged = join(run, "rounds/1/candidates/de-en/candidates.target.npy");
  writeFileSync(damaged, readFileSync(damaged).fill(1, 0, 4));
  const { stages } = await loop(options);
  t.deepEqual(
    stages.filter((stage) => stage.startsWith("remade")),
    ["remade round 0 encoder", "remade round 1 candidates of de-en"],
  );
  t.deepEqual(tables(), [2]);
  t.deepEqual(hashRunFiles(run), whole);
  const fewer = await loop({ ...options, rounds: 2 });
  t.is(fewer.summary!.best, 2);
  t.true(fewer.stages.includes("remade round 1 encoder"));
  t.deepEqual(
    fewer.rounds.map(({ round }) => round),
    [0, 1, 2],
  );
  t.is((await openEncoder(run)).dimensions, 32);
  const anew = newRun(t);
  await loop({ ...options, run: anew, rounds: 2 });
  t.deepEqual(hashRunFiles(run), hashRunFiles(anew));
});

test("a round that chooses as the one before averages their tables, by the share that is asked for", async (t) => {
  const alike = { quantile: [0.5], validation: 0 };
  const tableOf = async (run: string) => (await openTable(join(run, "encoder"))).values;
  const first = await tableOf((await finishedLoop(t, { rounds: 1, ...alike })).run);
  const [alone, averaged] = [newRun(t), newRun(t)];
  await loop({ run: alone, ...alike, emaDecay: 0 });
  await loop({ run: averaged, ...alike, emaDecay: 0.25 });
  const own = await tableOf(alone);
  const expected = own.map((value, i) => 0.75 * value + 0.25 * first[i]);
  const values = await tableOf(averaged);
  t.false(own.every((value, i) => value === first[i]));
  const [growing, other] = [newRun(t), newRun(t)];
  const schedule = { quantile: [0.5, 0.4], validation: 0 };
  await loop({ run: growing, ...schedule });
  await loop({ run: other, ...schedule, emaDecay: 0 });
  t.deepEqual(await tableOf(growing), await tableOf(other));
  t.true(values.every((value, i) => Math.abs(value - expected[i]) < 1e-6));
});

test("fewer rounds drop what lies beyond them", async (t) => {
  const { run } = await finishedLoop(t);
  await loop({ run, rounds: 1 });
  const { run: anew } = await finishedLoop(t, { rounds: 1 });
  t.deepEqual(readdirSync(join(run, "rounds")), ["0", "1"]);
  t.deepEqual(hashRunFiles(run), hashRunFiles(anew));
});

test("a file that somebody put beside the rounds, or into one, stays there", async (t) => {
  const { run } = await finishedLoop(t, { rounds: 1 });
  const notes = [join(run, "rounds", "notes.txt"), join(run, "rounds", "0", "notes.txt")];
  for (const note of notes) writeFileSync(note, "looked at by hand");
  await loop({ run, rounds: 1, threshold: 1.1 });
  for (const note of notes) t.is(readFileSync(note, "utf8"), "looked at by hand");
});

test("a loop with other languages, start and number of rounds leaves nothing of what was there before", async (t) => {
  const run = newRun(t);
  const town = { de: "samples/town.de", en: "samples/town.en", fr: "samples/town.fr" };
  await loop({ run, encoder: "ngram", dimensions: 4, pivots: ["fr"] }, town);
  // As kills leave it: halves of files, and vectors that a later run would go on with.
  const { de, en } = town;
  for (const half of ["texts/.fr.txt.part", "rounds/1/.encoder.part", ".round-2-vectors-of-fr.0.resume"])
    writeFileSync(join(run, half), "");
  await loop({ run, rounds: 1 }, { de, en });
  const { run: anew } = await finishedLoop(t, { rounds: 1 });
  t.deepEqual(hashRunFiles(run), hashRunFiles(anew));
  t.deepEqual(await stagesOf(run), await stagesOf(anew));
  t.deepEqual(readdirSync(join(run, "rounds/0/candidates")), ["de-en"]);
});

const stagesOf = async (run: string) => Object.keys((await readManifest(run))!.stages).sort();

test("vectors lie on the disk only as long as a pair needs them", async (t) => {
  const run = newRun(t);
  const texts = { de: "samples/town.de", en: "samples/town.en", fr: "samples/town.fr" };
  const kept = new Set<string>();
  const onEvent = (event: JobEvent) => {
    if (event.kind === "progress" && event.stage === "search")
      kept.add(
        readdirSync(join(run, "rounds/0/vectors"))
          .filter((name) => name.endsWith(".npy"))
          .join(" "),
      );
  };
  for await (const _ of criss(texts, { run, encoder: await smallStart(), onEvent })) break;
  t.deepEqual([...kept], ["de.npy en.npy", "en.npy fr.npy"]);
  t.false(existsSync(join(run, "rounds/0/vectors")));
});

test("pairs that somebody removed are written again", async (t) => {
  const { run } = await finishedLoop(t, { rounds: 1 });
  const before = hashRunFiles(run);
  for (const place of ["pairs", "rounds/1/pairs"]) rmSync(join(run, place, "de-en.tsv"));
  const { changes } = await loop({ run, rounds: 1 });
  t.regex(changes[0], /rounds\/1\/pairs\/de-en\.tsv: is missing\./);
  t.deepEqual(hashRunFiles(run), before);
});

test("every language is mined with the pivots, once", (t) => {
  const texts = { de: "a", en: "b", fr: "c" };
  const pairsWith = (pivots?: CrissOptions["pivots"]) =>
    planCriss(texts, pivots).pairs.map(({ name }) => name);
  t.deepEqual(pairsWith(), ["de-en", "fr-en"]);
  t.deepEqual(pairsWith(["fr"]), ["de-fr", "en-fr"]);
  t.deepEqual(pairsWith(["en", "fr"]), ["de-en", "de-fr", "en-fr"]);
  t.deepEqual(pairsWith("all"), ["de-en", "de-fr", "en-fr"]);
  t.deepEqual(
    planCriss({ xh: "a", zu: "b" }).pairs.map(({ name }) => name),
    ["xh-zu"],
  );
});

test("each pair may have an other side of its own, and a text may be a stream, batches of sentences or an array", async (t) => {
  const run = newRun(t);
  const german = Readable.from([readFileSync("samples/town.de")]);
  const { rounds } = await loop({ run }, [
    { de: german, en: "samples/town.en" },
    {
      fr: readSentences("samples/town.fr"),
      en: readFileSync("samples/town.en", "utf8").split("\n").slice(0, 100),
    },
  ]);
  t.deepEqual(rounds[0].pairs["de-en"].sentences, { source: 260, target: 260 });
  t.deepEqual(rounds[0].pairs["fr-en"].sentences, { source: 260, target: 100 });
  t.deepEqual(readdirSync(join(run, "pairs")), ["de-en.tsv", "fr-en.tsv"]);
});

test("a threshold cuts what is written, and so many pairs what is trained on", async (t) => {
  const cut = await loop({ run: newRun(t), threshold: 1.03 }, TOWN, 1);
  const { found, training, margins, threshold } = cut.rounds[0].pairs["de-en"];
  t.is(found, training);
  t.is(margins?.minimum, threshold);
  t.true(threshold! >= 1.03);
  const few = (await loop({ run: newRun(t), pairsPerLanguage: 30 }, TOWN, 1)).rounds[0].pairs["de-en"];
  t.is(few.training, 30);
  t.true(few.found > 30);
});

test("a precision trains on as many pairs as are estimated to be right, and writes all", async (t) => {
  const run = newRun(t);
  const { rounds } = await loop({ run, precision: 0.8, rounds: 1 });
  for (const { pairs } of rounds) {
    const { found, training, estimated } = pairs["de-en"];
    t.true(estimated! >= 0.8 && estimated! < 0.85, `${estimated}`);
    t.true(training < found);
  }
  const before = hashRunFiles(run);
  for (const most of [1, 2]) await loop({ run, precision: 0.8, rounds: 1, threads: 2 }, TOWN, most);
  t.deepEqual(hashRunFiles(run), before);
  const again = newRun(t);
  for (const most of [1, 2]) await loop({ run: again, precision: 0.8, rounds: 1, threads: 2 }, TOWN, most);
  t.deepEqual(hashRunFiles(again), before);
});

test("a threshold that each round finds also cuts what is written", async (t) => {
  const run = newRun(t);
  const ngram = { encoder: "ngram", rounds: 1 };
  const auto = (await loop({ run, threshold: "auto", ...ngram }, TOWN, 1)).rounds[0].pairs["de-en"];
  const all = (await loop({ run: newRun(t), ...ngram }, TOWN, 1)).rounds[0].pairs["de-en"];
  t.true(auto.found < all.found, `${auto.found} of ${all.found}`);
  t.is(auto.training, auto.found);
  t.is(auto.margins!.minimum, auto.threshold!);
  // What is estimated of the pairs to train on does not depend on what is written.
  const as = { pairsPerLanguage: auto.training, ...ngram };
  const same = (await loop({ run: newRun(t), ...as }, TOWN, 1)).rounds[0].pairs["de-en"];
  t.deepEqual([same.threshold, same.estimated], [auto.threshold, auto.estimated]);
  t.is(linesOf(join(run, "rounds/0/pairs/de-en.tsv")).length, auto.found);
});

test("a round that cannot tell right pairs from wrong ones says so, and trains as without a precision", async (t) => {
  const messages: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "warning") messages.push(event.message);
  };
  const few = [{ de: linesOf("samples/town.de").slice(0, 40), en: linesOf("samples/town.en").slice(0, 40) }];
  const trained: number[] = [];
  for (const choice of [{ threshold: "auto" as const }, { precision: 0.9 }, {}]) {
    const options = {
      run: newRun(t),
      encoder: await smallStart(),
      rounds: 1,
      threads: 1,
      onEvent,
      ...choice,
    };
    for await (const { pairs } of criss(few, options)) {
      trained.push(pairs["de-en"].training);
      break;
    }
  }
  t.true(trained[0] > 1);
  t.deepEqual(trained, Array(3).fill(trained[2]));
  const told = messages.filter((message) => /finds no threshold/.test(message));
  t.is(told.length, 2);
  t.regex(
    told[0],
    /^Round 0, de-en: threshold: "auto" finds no threshold: of only \d+ pairs nothing can be told/,
  );
  t.regex(told[1], /precision: 0.9 .*\. It trains on its best pairs by the default quantile\./);
});

test("no untranslated copy is mined", async (t) => {
  const run = newRun(t);
  const words = ["mill", "river", "harbour", "bridge", "tower", "market", "church", "garden"];
  const de = words.flatMap((a) => words.map((b) => `Die ${a} und ${b}.`));
  await loop({ run, rounds: 1 }, [
    {
      de: [...de, "The copy of a line"],
      en: [...de.map((line) => line.replace("und", "and")), "The copy of a line!"],
    },
  ]);
  t.false(readFileSync(join(run, "rounds", "0", "pairs", "de-en.tsv"), "utf8").includes("copy"));
});

test("a static encoder's folder is a start, and stays as it is", async (t) => {
  const run = newRun(t);
  const folder = staticFolder("normalised");
  const before = hashRunFiles(folder);
  const { rounds } = await loop({ run, encoder: folder, rounds: 1 });
  t.is(rounds.length, 2);
  t.deepEqual(hashRunFiles(folder), before);
  t.false(existsSync(join(run, "start")));
});

test("a start beside the run is copied, not shared, and none is a folder that the run lies in", async (t) => {
  const folder = temporaryFolder(t);
  const [start, run] = [join(folder, "run-start"), join(folder, "run")];
  cpSync(await smallStart(), start, { recursive: true });
  await loop({ run, encoder: start }, TOWN, 1);
  // What the run holds has its checksums in the manifest.
  const { SHA256SUMS: _, ...files } = hashRunFiles(start);
  t.deepEqual(hashRunFiles(join(run, "encoder")), files);
  const [own, copy] = [start, join(run, "encoder")].map((path) => statSync(join(path, "model.safetensors")));
  t.not(own.ino, copy.ino);
  await t.throwsAsync(loop({ run: join(start, "run"), encoder: start }), {
    instanceOf: OptionError,
    message: /lies in the folder of .*run-start/,
  });
  t.false(existsSync(join(start, "run")));
});

test("an interrupted loop gives the signal's reason, and goes on", async (t) => {
  const run = newRun(t);
  const stop = new AbortController();
  const rounds = criss(TOWN, {
    run,
    encoder: await smallStart(),
    rounds: 2,
    signal: stop.signal,
    onEvent: (event) =>
      event.kind === "progress" && event.stage === "train" && stop.abort(new Error("enough")),
  });
  await t.throwsAsync(
    async () => {
      for await (const _ of rounds);
    },
    { message: "enough" },
  );
  t.false(existsSync(join(run, "rounds", "0", "encoder")));
  t.deepEqual((await crissStatus(run)).next, { what: "train", round: 0, done: 0, total: 1 });
  await loop({ run });
  const { run: whole } = await finishedLoop(t);
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
});

test("status of a loop of which only the end is to be noted names no further round", async (t) => {
  const { run } = await finishedLoop(t, { rounds: 1 });
  const manifest = (await readManifest(run))!;
  delete manifest.stages.finished;
  await writeManifest(run, manifest);
  const { rounds, next, finished } = await crissStatus(run);
  t.deepEqual([rounds.length, next, finished], [2, undefined, undefined]);
  const { stdout } = await crisscross(["criss", "status", run]);
  t.regex(stdout, /^not finished, the same command goes on: all rounds done/m);
});

test("status counts what is there, and not what a change has outdated", async (t) => {
  const { run } = await finishedLoop(t);
  const done = await crissStatus(run);
  t.is(done.rounds.length, 3);
  t.deepEqual(done.finished, { stopped: false });
  t.false(done.locked);
  await loop({ run, quantile: [0.1] }, TOWN, 1);
  const changed = await crissStatus(run);
  t.is(changed.rounds.length, 1);
  t.deepEqual(changed.next, { what: "train", round: 0, done: 0, total: 1 });
  await t.throwsAsync(crissStatus(temporaryFolder(t)), {
    instanceOf: InputError,
    message: /not the folder of a loop/,
  });
});

const REFUSED: [what: string, texts: CrissTexts, options: Partial<CrissOptions>, error: RegExp][] = [
  ["one text alone", { de: "samples/town.de" }, {}, /two languages or more, found de alone/],
  ["a language without a text", { de: "", en: "samples/town.en" }, {}, /de has no text/],
  [
    "an unknown pivot",
    { de: "a", en: "b" },
    { pivots: ["sw"] },
    /pivots names sw; expected languages among de, en, or all/,
  ],
  ["pivots for pairs", TOWN, { pivots: ["en"] }, /in pairs already/],
  [
    "two pairs of one name",
    [
      { de: "a", en: "b" },
      { de: "c", en: "d" },
    ],
    {},
    /both be called de-en/,
  ],
  ["two names but for capitals", { de: "a", DE: "b" }, {}, /de and DE would have the same files/],
  ["a name of digits alone", [{ de: "a", 1: "b" }], {}, /is called "1"; expected .* not digits alone/],
  ["a pair of one", [{ de: "a" }], {}, /A pair has de; expected two/],
  ["a name that is no file's", { "../de": "a", en: "b" }, {}, /is called "\.\.\/de"/],
  [
    "two ways to choose",
    TOWN,
    { threshold: 1, quantile: [0.5] },
    /threshold and quantile each say which pairs to train on/,
  ],
  ["a strange share", TOWN, { quantile: [1] }, /quantile is 1; expected 1 or more shares/],
  ["one share to try", TOWN, { tune: [0.5] }, /tune is 0.5; expected 2 or more shares/],
  [
    "shares to try without a judge",
    TOWN,
    { tune: [0.5, 0.2], validation: 0 },
    /tune compares trainings by pairs that are held out, but validation: 0 holds nothing out/,
  ],
  [
    "patience without a judge",
    TOWN,
    { patience: 2, validation: 0 },
    /patience waits for a better validation, but validation: 0 holds nothing out/,
  ],
  [
    "pairs of languages that are not mined",
    TOWN,
    { seedPairs: { "fr-en": "few.tsv" } },
    /seedPairs is given for fr-en; expected one of de-en/,
  ],
  [
    "pairs for a trainer that takes none",
    TOWN,
    { seedPairs: { "de-en": "few.tsv" }, encoder: TRANSFORMER },
    /seedPairs goes with trainer: "table", but the trainer is adapter/,
  ],
  ["no hub at all", TOWN, { hubLimit: 0 }, /hubLimit is 0; expected a whole number from 1/],
  ["a strange batch", TOWN, { batch: 0 }, /batch is 0; expected a whole number from 1/],
  ["a strange number held out", TOWN, { validation: -1 }, /validation is -1/],
  [
    "too many dimensions",
    TOWN,
    { encoder: "ngram", dimensions: 5000 },
    /dimensions is 5000; expected .* to 4096/,
  ],
  [
    "a pair of each language",
    TOWN,
    { pairsPerLanguage: 1 },
    /pairsPerLanguage is 1; expected a whole number from 2/,
  ],
  [
    "an estimated threshold and a precision",
    TOWN,
    { threshold: "auto", precision: 0.9 },
    /threshold and precision each say which pairs to train on/,
  ],
  ["a precision in per cent", TOWN, { precision: 90 }, /precision is 90; expected a number from 0 to 1/],
  ["no epochs", TOWN, { epochs: 0 }, /epochs is 0; expected a number above 0/],
  ["no rounds", TOWN, { rounds: 0 }, /rounds is 0; expected a whole number from 1/],
  ["gold of no pair", TOWN, { gold: { "fr-en": "x" } }, /gold is given for fr-en; expected one of de-en/],
  [
    "a revision of ngram",
    TOWN,
    { encoder: "ngram", revision: "v1" },
    /revision goes with an encoder's folder; ngram has none/,
  ],
  [
    "a revision of a folder",
    TOWN,
    { encoder: "builtin", revision: "v1" },
    /which has no revisions to choose from/,
  ],
  ["dimensions of a folder", TOWN, { dimensions: 4 }, /dimensions goes with ngram/],
];

for (const [what, texts, options, message] of REFUSED) {
  test(`refused before anything is written: ${what}`, async (t) => {
    const run = newRun(t);
    await t.throwsAsync(loop({ run, ...options }, texts), { instanceOf: OptionError, message });
    t.false(existsSync(run));
  });
}

test("an encoder without a table is refused", async (t) => {
  const run = newRun(t);
  const options = { run, encoder: TRANSFORMER, trainer: "table" } as const;
  await t.throwsAsync(loop(options), {
    instanceOf: ModelError,
    message: /has no table that the loop could train/,
  });
  await t.throwsAsync(loop({ ...options, encoder: staticFolder("adapted") }), {
    instanceOf: ModelError,
    message: /has a layer \(/,
  });
  await t.throwsAsync(loop({ ...options, encoder: "nowhere" }), {
    instanceOf: ModelError,
    message: /no such (?:encoder|folder)/,
  });
});

test("an empty text is named", async (t) => {
  const path = join(temporaryFolder(t), "empty.de");
  writeFileSync(path, "\n\n");
  await t.throwsAsync(loop({ run: newRun(t) }, { de: path, en: "samples/town.en" }), {
    instanceOf: InputError,
    message: /empty\.de: no sentence is left of 2 lines/,
  });
});

test("a round that finds nothing to train on says its figures and what may help", async (t) => {
  await t.throwsAsync(loop({ run: newRun(t), threshold: 99 }), {
    instanceOf: TrainingError,
    message:
      /Round 0 found fewer than two pairs to train on\. de-en: 260 and 260 sentences, .* Lower threshold \(99\)/,
  });
});

test("the folder of another job is refused", async (t) => {
  const run = newRun(t);
  for await (const _ of mine("samples/town.de", "samples/town.en", { encoder: "ngram", run }));
  await t.throwsAsync(loop({ run }), {
    instanceOf: InputError,
    message: /is the folder of mine, not of criss/,
  });
});

test("the folder of a loop is refused by other jobs, and stays as it is", async (t) => {
  const { run } = await finishedLoop(t, { rounds: 1 });
  const before = hashRunFiles(run);
  for (const job of [() => mine("samples/town.de", "samples/town.en", { run }), () => selectRun(run)])
    await t.throwsAsync(job().next(), {
      instanceOf: InputError,
      message: /is the folder of criss, not of mine; its pairs are in its folder pairs/,
    });
  t.deepEqual(hashRunFiles(run), before);
});

test("gold that names no line of the texts is told", async (t) => {
  const gold = join(temporaryFolder(t), "gold");
  for (const line of ["9999", "1.5", "1e2", "b-1"]) {
    writeFileSync(gold, `1\t${line}\n`);
    await t.throwsAsync(loop({ run: newRun(t), gold: { "de-en": gold } }), {
      instanceOf: InputError,
      message: new RegExp(`names line ${line}, but samples/town\\.en has lines 1 to 260`),
    });
  }
});

test("gold counts lines of the same sentence as one, however their numbers are written", async (t) => {
  const gold = join(temporaryFolder(t), "gold");
  // Two languages of six sentences that share names; the first German one stands twice.
  const names = ["Lovelace", "Turing", "Hopper", "Dijkstra", "Knuth", "Liskov"];
  const de = names.map((name) => `Haus von ${name}`);
  const en = names.map((name) => `${name} house`);
  writeFileSync(gold, "07\t1\n1\t001\n2\t2\n3\t4\n");
  const { rounds } = await loop(
    { run: newRun(t), encoder: "ngram", dimensions: 32, gold: { "de-en": gold } },
    [{ de: [...de, de[0]], en }],
    1,
  );
  // Of three sentences two are paired as gold says.
  t.is(rounds[0].mean.precisionAt1, 2 / 3);
});

test("a loop that learns nothing says so, and gives what its start found", async (t) => {
  const folder = temporaryFolder(t);
  // Words without meaning: no sentence translates another.
  const next = randomNumbers(5);
  const word = () =>
    Array.from(
      { length: 3 },
      () => "bdfgklmnprst"[Math.floor(next() * 12)] + "aeiou"[Math.floor(next() * 5)],
    ).join("");
  const texts = ["x", "y"].map((name) => {
    const lines = Array.from({ length: 300 }, () => Array.from({ length: 6 }, word).join(" "));
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    return join(folder, name);
  });
  const warnings: string[] = [];
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "warning") warnings.push(event.message);
    if (event.kind === "note") notes.push(event.message);
  };
  let best: number | undefined;
  const rounds = criss([{ x: texts[0], y: texts[1] }], {
    run: newRun(t),
    encoder: await smallStart(),
    rounds: 3,
    threads: 1,
    onEvent,
    onSummary: (summary) => {
      best = summary.best;
    },
  });
  const nearer: (number | undefined)[] = [];
  for await (const { mean } of rounds) nearer.push(mean.nearer);
  t.is(best, 0);
  t.is(nearer[0], undefined);
  t.true(nearer.length === 3 && nearer.slice(1).every((share) => share! < 0.5), String(nearer));
  t.true(
    notes.some((told) => /^Round 1: the loop has learned nothing yet that the start does not/.test(told)),
  );
  t.is(warnings.length, 1);
  t.regex(warnings[0], /^Round 2: the loop learned nothing that the start does not know\..* does not work/);
  t.regex(warnings[0], /What would help: more text, pairs or words of your own \(seedPairs\), or/);
});
