import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { crissStatus } from "../../../src/jobs/criss/status.js";
import { mine } from "../../../src/jobs/mine.js";
import { dropChecksums } from "../../before-checksums.js";
import { editJson } from "../../embed/folders.js";
import { hashRunFiles } from "../../run-files.js";
import { finishedLoop, linesOf, loop, newRun, TOWN } from "./loop.js";

const MORE = [...(TOWN as object[]), { fr: "samples/town.fr", en: "samples/town.en" }] as never;
const stagesOf = (run: string) => JSON.parse(readFileSync(join(run, "manifest.json"), "utf8")).stages;
const ROUNDS = { rounds: 1, patience: 9 };

test("a loop goes on with a language more, from what it has learned", async (t) => {
  const before = newRun(t);
  const { run, ...first } = await finishedLoop(t, ROUNDS);
  cpSync(run, before, { recursive: true });
  const { rounds, summary } = await loop({ run, ...ROUNDS, continue: true }, MORE);
  t.deepEqual(
    rounds.map(({ round, pairs }) => [round, Object.keys(pairs)]),
    [
      [2, ["de-en", "fr-en"]],
      [3, ["de-en", "fr-en"]],
    ],
  );
  t.true(summary!.best >= 2);
  for (const round of ["0", "1"])
    for (const file of ["stats.json", "pairs/de-en.tsv"])
      t.deepEqual(
        readFileSync(join(run, "rounds", round, file)),
        readFileSync(join(before, "rounds", round, file)),
      );
  const found: string[] = [];
  const how = { encoder: before, retrieval: "intersection", guard: "copies" } as const;
  for await (const { score, source, target } of mine("samples/town.fr", "samples/town.en", how))
    found.push([score.toFixed(6), source.text, target.text].join("\t"));
  t.deepEqual(linesOf(join(run, "rounds", "2", "pairs", "fr-en.tsv")), found);
  t.deepEqual(readdirSync(join(run, "pairs")), ["de-en.tsv", "fr-en.tsv"]);
  const status = await crissStatus(run);
  t.deepEqual(status.rounds, JSON.parse(JSON.stringify([...first.rounds, ...rounds])));
  t.deepEqual(status.finished, { stopped: false });
});

test("a loop that is left while it is continued goes on, and ends with the same bytes", async (t) => {
  const whole = newRun(t);
  const { run } = await finishedLoop(t, ROUNDS);
  cpSync(run, whole, { recursive: true });
  const options = { ...ROUNDS, continue: true };
  // As it is when it has begun to mine.
  const begun = newRun(t);
  cpSync(run, begun, { recursive: true });
  dropChecksums(begun);
  editJson(begun, "manifest.json", {
    stages: {
      ...stagesOf(begun),
      finished: undefined,
      continued: { key: { round: 2, best: 1 }, seconds: 0 },
    },
  });
  t.deepEqual((await crissStatus(begun)).next, { what: "mine", round: 2, done: 0, total: 1 });
  await loop({ run: whole, ...options }, MORE);
  await loop({ run, ...options }, MORE, 1);
  const { finished, next } = await crissStatus(run);
  t.is(finished, undefined);
  t.deepEqual(next, { what: "train", round: 2, done: 0, total: 1 });
  await loop({ run, ...options }, MORE, 2);
  await loop({ run, ...options }, MORE);
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
  const again = await loop({ run, ...options }, MORE);
  t.deepEqual(
    again.stages.filter((stage) => !stage.startsWith("kept")),
    [],
  );
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
});

test("without continue all rounds are of the texts that are given", async (t) => {
  const anew = newRun(t);
  const { run } = await finishedLoop(t, ROUNDS);
  await loop({ run, ...ROUNDS, continue: true }, MORE);
  await loop({ run, ...ROUNDS }, MORE);
  await loop({ run: anew, ...ROUNDS }, MORE);
  t.deepEqual(hashRunFiles(run), hashRunFiles(anew));
});

test("a loop that is not finished is not continued, which is told before a text is read", async (t) => {
  const run = newRun(t);
  await loop({ run, ...ROUNDS }, TOWN, 1);
  await t.throwsAsync(loop({ run, ...ROUNDS, continue: true }, MORE), {
    instanceOf: InputError,
    message: /is not finished, so it cannot be continued/,
  });
  t.false(readdirSync(join(run, "texts")).some((name) => name.startsWith("fr")));
});

for (const [what, before, after] of [
  [
    "whose layers are over a start that is made of its texts",
    { encoder: "ngram", dimensions: 4, trainer: "adapter", rank: 8, epochs: 5 },
    {},
  ],
  ["whose trainer is another one", {}, { trainer: "adapter", rank: 8, epochs: 5 }],
] as const) {
  test(`a loop goes on from its best encoder as it was, and its rounds stay: one ${what}`, async (t) => {
    const end = newRun(t);
    const { run, ...first } = await finishedLoop(t, { ...ROUNDS, ...before });
    cpSync(run, end, { recursive: true });
    const { rounds } = await loop({ run, ...ROUNDS, ...before, ...after, continue: true }, MORE);
    const found = new Map<string, number>();
    const how = { encoder: end, centre: true, retrieval: "intersection", guard: "copies" } as const;
    for await (const { score, source, target } of mine("samples/town.fr", "samples/town.en", how))
      found.set(`${source.text}\t${target.text}`, score);
    const written = linesOf(join(run, "rounds", "2", "pairs", "fr-en.tsv"));
    t.is(written.length, found.size);
    for (const line of written) {
      const [score, source, target] = line.split("\t");
      t.true(Math.abs(Number(score) - found.get(`${source}\t${target}`)!) < 1e-4, line);
    }
    const status = await crissStatus(run);
    t.deepEqual(status.rounds, JSON.parse(JSON.stringify([...first.rounds, ...rounds])));
  });
}
