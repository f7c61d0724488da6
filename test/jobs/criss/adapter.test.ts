import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { openEncoder } from "../../../src/embed/open-encoder.js";
import { ModelError, OptionError, TrainingError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { criss } from "../../../src/jobs/criss/criss.js";
import type { CrissOptions } from "../../../src/jobs/criss/options.js";
import type { CrissTexts } from "../../../src/jobs/criss/plan.js";
import type { Bitext } from "../../../src/jobs/criss/rounds/bitext.js";
import { chooseHardNegatives } from "../../../src/jobs/criss/trainers/choose-hard-negatives.js";
import type { Trainer } from "../../../src/jobs/criss/trainers/trainer.js";
import { tuneTrainer } from "../../../src/jobs/criss/trainers/tuned-trainer.js";
import { mine } from "../../../src/jobs/mine.js";
import type { RoundSummary } from "../../../src/steps/runs/loop-summary.js";
import { NO_NEIGHBOUR } from "../../../src/types/neighbours.js";
import { candidatesOf } from "../../candidates.js";
import { staticFolder, TRANSFORMER } from "../../embed/folders.js";
import { hashRunFiles } from "../../run-files.js";
import { testShared } from "../../shared.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { linesOf } from "./loop.js";
import { smallStart } from "./small-start.js";

const TOWN: CrissTexts = [{ de: "samples/town.de", en: "samples/town.en" }];

/** Runs a loop with adapters over a small table of n-grams, or its first rounds. */
async function loop(
  options: CrissOptions,
  { texts = TOWN, most = Number.POSITIVE_INFINITY, onEvent = (_: JobEvent) => {} } = {},
): Promise<{ rounds: RoundSummary[]; stages: string[] }> {
  const [rounds, stages]: [RoundSummary[], string[]] = [[], []];
  const encoder = await smallStart();
  const small = { encoder, trainer: "adapter", rounds: 2, rank: 8, epochs: 5, threads: 1 } as const;
  const listen = (event: JobEvent) => {
    if (event.kind === "stage") stages.push(`${event.what} ${event.stage}`);
    onEvent(event);
  };
  for await (const round of criss(texts, { ...small, ...options, onEvent: listen }))
    if (rounds.push(round) >= most) break;
  return { rounds, stages };
}

const newRun = (t: ExecutionContext) => join(temporaryFolder(t), "run");

test("every text is embedded once, and a round's vectors are those put through its layer", async (t) => {
  const run = newRun(t);
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "note") notes.push(event.message);
  };
  const { stages } = await loop({ run }, { onEvent });
  // Twice 520 vectors of 16 float32 numbers, and 3 rounds of 520 · 4 neighbours of 16 bytes: 166,400 bytes.
  t.true(notes.some((note) => /run will take up to 1 MiB for vectors and neighbours;/.test(note)));
  const embedded = stages.filter((stage) => /^made vectors of/.test(stage));
  t.deepEqual(embedded, ["made vectors of de", "made vectors of en"]);
  t.deepEqual(readdirSync(join(run, "vectors")), ["de.npy", "de.npy.json", "en.npy", "en.npy.json"]);
  const found = [];
  const options = {
    encoder: join(run, "rounds", "0", "encoder"),
    retrieval: "intersection",
    guard: "copies",
  } as const;
  for await (const { score, source } of mine("samples/town.de", "samples/town.en", options))
    found.push({ score, text: source.text });
  const written = linesOf(join(run, "rounds", "1", "pairs", "de-en.tsv")).map((line) => line.split("\t"));
  t.is(found.length, written.length);
  for (const [score, text] of written) {
    const own = found.find((pair) => pair.text === text);
    t.true(Math.abs(Number(score) - own!.score) < 1e-4, text);
  }
});

test("a round's encoder is the start and a layer more, and takes no room but for that", async (t) => {
  const run = newRun(t);
  const start = await smallStart();
  const before = hashRunFiles(start);
  await loop({ run, rounds: 1 });
  t.deepEqual(hashRunFiles(start), before);
  const encoder = join(run, "rounds", "0", "encoder");
  const table = (folder: string) => statSync(join(folder, "model.safetensors")).ino;
  t.is(table(encoder), table(join(run, "start")));
  t.is(table(join(run, "encoder")), table(join(run, "start")));
  const [own, adapted] = [await openEncoder(start), await openEncoder(encoder)];
  t.is(adapted.dimensions, own.dimensions);
  t.true(adapted.centre);
  t.notDeepEqual(await adapted.encode(["Die Brücke"]), await own.encode(["Die Brücke"]));
  const { training } = JSON.parse(readFileSync(join(encoder, "config.json"), "utf8"));
  t.is(training.rank, 8);
  t.is(training.from, "small");
});

test("a loop that is left after any round, or while it embeds or trains, ends with the same bytes", async (t) => {
  const [whole, left, stopped] = [newRun(t), newRun(t), newRun(t)];
  await loop({ run: whole });
  for (const most of [1, 2]) await loop({ run: left }, { most });
  await loop({ run: left });
  t.deepEqual(hashRunFiles(left), hashRunFiles(whole));
  for (const moment of ["embed en", "train", "embed de"]) {
    const stop = new AbortController();
    const onEvent = (event: JobEvent) => {
      if (event.kind === "progress" && event.stage === moment) stop.abort(new Error(moment));
    };
    await t.throwsAsync(loop({ run: stopped, signal: stop.signal }, { onEvent }), { message: moment });
  }
  await loop({ run: stopped });
  t.deepEqual(hashRunFiles(stopped), hashRunFiles(whole));
});

test("another number of threads gives the same bytes, and another rank another encoder without embedding again", async (t) => {
  const [run, threaded] = [newRun(t), newRun(t)];
  await loop({ run, threads: 1 });
  await loop({ run: threaded, threads: 3 });
  t.deepEqual(hashRunFiles(threaded), hashRunFiles(run));
  const { stages } = await loop({ run, rank: 2 });
  t.true(stages.includes("remade round 0 encoder"));
  t.deepEqual(
    stages.filter((stage) => /^\w+ vectors of/.test(stage) && !stage.startsWith("kept")),
    [],
  );
});

test("a run whose trainer is changed keeps nothing of the other one", async (t) => {
  const [run, table] = [newRun(t), newRun(t)];
  await loop({ run, rounds: 1 });
  const options = { rounds: 1, trainer: "table", rank: undefined } as const;
  await loop({ run, ...options });
  await loop({ run: table, ...options });
  t.deepEqual(hashRunFiles(run), hashRunFiles(table));
});

testShared(
  "a Transformer's folder gets an adapter of its own accord",
  "fixtures/encoders/e5",
  async (t, encoder) => {
    const run = newRun(t);
    const options = { run, encoder, trainer: undefined, rounds: 1, promptName: "passage" };
    const { rounds } = await loop(options, { texts: [{ de: "samples/town.de", fr: "samples/town.fr" }] });
    t.is(rounds.length, 2);
    const adapted = await openEncoder(join(run, "rounds", "0", "encoder"));
    t.is(adapted.prompts?.source, "passage: ");
    t.deepEqual(
      (
        JSON.parse(readFileSync(join(run, "rounds", "0", "encoder", "modules.json"), "utf8")) as {
          type: string;
        }[]
      ).map(({ type }) => type.split(".").at(-1)),
      ["Transformer", "Pooling", "Normalize", "Dense", "Normalize"],
    );
    await adapted.close?.();
  },
);

testShared(
  "a folder that cuts vectors short is a start, too",
  "fixtures/encoders/matryoshka",
  async (t, encoder) => {
    const run = newRun(t);
    await loop({ run, encoder, rounds: 1 });
    const [own, adapted] = [
      await openEncoder(encoder),
      await openEncoder(join(run, "rounds", "0", "encoder")),
    ];
    t.is(adapted.dimensions, own.dimensions);
    await Promise.all([own.close?.(), adapted.close?.()]);
  },
);

const REFUSED: [what: string, options: Partial<CrissOptions>, error: RegExp][] = [
  [
    "an unknown trainer",
    { trainer: "magic" as "table" },
    /trainer is "magic"; expected one of table, adapter/,
  ],
  [
    "another trainer's option",
    { maxPieces: 8 },
    /maxPieces goes with trainer: "table", but the trainer is adapter/,
  ],
  [
    "an adapter's option",
    { trainer: "table" },
    /rank goes with trainer: "adapter", but the trainer is table/,
  ],
  ["no rank", { rank: 0 }, /rank is 0; expected a whole number from 1/],
  ["half a negative", { hardNegatives: 0.5 }, /hardNegatives is 0\.5; expected a whole number from 0/],
  ["no epochs", { epochs: 0 }, /epochs is 0; expected a number above 0/],
  ["a variant of a table", { variant: "q4" }, /is a static encoder, which has no model files to choose from/],
  ["an unknown prompt", { promptName: "other" }, /has no prompt named other/],
  [
    "a prompt for a table",
    { trainer: "table", rank: undefined, prompt: "x" },
    /prompt goes with an encoder that stays as it is, but .* is a table to train/,
  ],
  [
    "a variant of ngram",
    { encoder: "ngram", variant: "q4" },
    /variant goes with an encoder's folder; ngram has none/,
  ],
];

for (const [what, options, message] of REFUSED) {
  test(`refused before anything is written: ${what}`, async (t) => {
    const run = newRun(t);
    await t.throwsAsync(loop({ run, ...options }), { instanceOf: OptionError, message });
    t.false(existsSync(run));
  });
}

test("a variant that is not there, and a model that pools by itself, are refused before anything is written", async (t) => {
  const run = newRun(t);
  await t.throwsAsync(loop({ run, encoder: TRANSFORMER, variant: "q8192" }), {
    instanceOf: ModelError,
    message: /has no variant q8192/,
  });
  await t.throwsAsync(loop({ run, encoder: TRANSFORMER, variant: "pooled" }), {
    instanceOf: ModelError,
    message: /gives one vector for each sentence, so a layer added to the folder would not be applied/,
  });
  t.false(existsSync(run));
});

test("a round that finds nothing to train on says so", async (t) => {
  await t.throwsAsync(loop({ run: newRun(t), threshold: 99 }), {
    instanceOf: TrainingError,
    message: /Round 0 found fewer than two pairs to train on/,
  });
});

test("hard negatives are the nearest of the neighbours that are surely no translation", (t) => {
  const candidates = candidatesOf(
    [
      [0, 0, 0.8, 1, 1],
      [0, 1, 0.5, 4, 1],
      [0, 2, 0.78, 2, 1],
      [0, 3, 0.6, 3, 1],
      [1, 1, 0.4, 1, 2],
      [1, 2, 0.3, 0, 2],
    ],
    { sources: 2, targets: 4, k: 4 },
  );
  const training = { sources: Uint32Array.of(0, 1), targets: Uint32Array.of(0, 1) };
  // Of source 0, target 2 is too near: 0.78 is above 0.95 · 0.8. Target 2 is none of source 1's neighbours.
  t.deepEqual([...chooseHardNegatives(candidates, training, 2).target], [3, 1, NO_NEIGHBOUR, NO_NEIGHBOUR]);
  // Source 0 is nearer to target 1 than its own.
  t.deepEqual([...chooseHardNegatives(candidates, training, 1).source], [NO_NEIGHBOUR, NO_NEIGHBOUR]);
});

const WATCH = { onEvent: () => {}, round: 0, notes: "" };
const START = { folder: "", key: {} };

/** Sentences and copies of them: ten are trained on, the others held out. */
function copies(): Bitext {
  const lines = linesOf("samples/town.en").slice(0, 40);
  const texts = { length: lines.length, get: (i: number) => lines[i] };
  const numbers = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
  const pairs = (from: number, to: number) => ({ sources: numbers(from, to), targets: numbers(from, to) });
  const candidates = candidatesOf([], { sources: 40, targets: 40, k: 1 });
  const group = {
    name: "en-en",
    languages: ["en", "en"] as const,
    source: texts,
    target: texts,
    numbers: { source: 0, target: 0 },
    candidates: async () => candidates,
  };
  return { groups: [{ ...group, training: pairs(0, 10), heldOut: pairs(10, 40) }], hash: "" };
}

/** Gives a table that tells sentences apart for so many pairs, and one that knows none of their words for others. */
async function trainerFor(good: number): Promise<Trainer & { counts: number[] }> {
  const folders = { good: await smallStart(), bad: staticFolder("normalised") };
  const counts: number[] = [];
  return {
    counts,
    key: {},
    checkStart: () => {},
    train: async ({ groups }, _, { output }) => {
      const count = groups[0].training.sources.length;
      counts.push(count);
      cpSync(count === good ? folders.good : folders.bad, output, { recursive: true });
      return { steps: count };
    },
  };
}

for (const [name, good] of Object.entries({ many: 8, few: 4 })) {
  test(`the encoder that finds most of the pairs held out is kept: of ${name} pairs`, async (t) => {
    const folder = temporaryFolder(t);
    const trainer = await trainerFor(good);
    const { tried, steps } = await tuneTrainer(trainer, [0.6, 0.2], {}).train(copies(), START, {
      ...WATCH,
      output: join(folder, "encoder"),
    });
    t.deepEqual(trainer.counts, [4, 8]);
    t.is(steps, good);
    const foundOf = (leftOut: number) => tried!.find((one) => one.leftOut === leftOut)!.found;
    const [better, worse] = good === 8 ? [0.2, 0.6] : [0.6, 0.2];
    t.is(foundOf(better), 1);
    t.true(foundOf(worse) < 1);
    const [kept, wanted] = [
      await openEncoder(join(folder, "encoder")),
      await openEncoder(await smallStart()),
    ];
    t.is(kept.dimensions, wanted.dimensions);
    t.deepEqual(readdirSync(folder), ["encoder"]);
    t.true(existsSync(join(folder, "encoder", "model.safetensors")));
  });
}
