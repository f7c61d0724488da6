import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openEncoder } from "../../../src/embed/open-encoder.js";
import type { Bitext } from "../../../src/jobs/criss/rounds/bitext.js";
import type { Trainer } from "../../../src/jobs/criss/trainers/trainer.js";
import { tuneTrainer } from "../../../src/jobs/criss/trainers/tuned-trainer.js";
import { candidatesOf } from "../../candidates.js";
import { staticFolder } from "../../embed/folders.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { linesOf } from "./loop.js";
import { smallStart } from "./small-start.js";

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
    source: texts,
    target: texts,
    numbers: { source: 0, target: 0 },
    candidates,
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
