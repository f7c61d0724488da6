import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { formatRounds } from "../../../cli/rounds-table.js";
import { openEncoder } from "../../../src/embed/open-encoder.js";
import { ModelError, OptionError } from "../../../src/errors.js";
import { crissStatus } from "../../../src/jobs/criss/status.js";
import { hashRunFiles } from "../../run-files.js";
import { loop, newRun } from "./loop.js";
import { smallStart } from "./small-start.js";

const pairsOf = (run: string) => readFileSync(join(run, "rounds", "0", "pairs", "de-en.tsv"), "utf8");

test("the first round is mined by the encoder that is named, and later ones by what is trained from the start", async (t) => {
  const [run, alone] = [newRun(t), newRun(t)];
  await loop({ run: alone, encoder: "ngram", dimensions: 64, rounds: 1 }, undefined, 1);
  const { rounds } = await loop({ run, firstRoundEncoder: "ngram", dimensions: 64, rounds: 1 });
  t.is(pairsOf(run), pairsOf(alone));
  t.deepEqual(
    rounds.map(({ minedBy }) => minedBy),
    ["ngram", undefined],
  );
  const [start, trained] = [
    await openEncoder(await smallStart()),
    await openEncoder(join(run, "rounds", "0", "encoder")),
  ];
  t.is(trained.dimensions, start.dimensions);
  t.not(trained.dimensions, 64);
  for (const encoder of [start, trained]) await encoder.close?.();
});

test("what another loop made can mine the first round, and is named by its folder", async (t) => {
  const [other, run, alone] = [newRun(t), newRun(t), newRun(t)];
  await loop({ run: other, rounds: 1 });
  await loop({ run: alone, encoder: other, rounds: 1 }, undefined, 1);
  const { rounds } = await loop({ run, firstRoundEncoder: other, rounds: 1 }, undefined, 1);
  t.is(rounds[0].minedBy, other);
  t.is(pairsOf(run), pairsOf(alone));
});

test("a loop with an encoder for its first round goes on where it was, with the same bytes, and without it mines anew", async (t) => {
  const [run, whole] = [newRun(t), newRun(t)];
  const options = { firstRoundEncoder: "ngram", dimensions: 64, rounds: 1 } as const;
  await loop({ run, ...options }, undefined, 1);
  const { stages } = await loop({ run, ...options });
  t.true(stages.includes("kept first round's encoder"), stages.join());
  await loop({ run: whole, ...options });
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
  const other = await loop({ run, rounds: 1 });
  t.true(other.stages.includes("remade round 0 candidates of de-en"), other.stages.join());
});

test("the table says which encoder mined the first round, in columns as before", async (t) => {
  const run = newRun(t);
  await loop({ run, firstRoundEncoder: "builtin", rounds: 1 });
  const { rounds } = await crissStatus(run);
  const [header, first, second] = formatRounds(rounds).trimEnd().split("\n");
  t.regex(first, /^0 builtin +\d/);
  t.regex(second, /^1 {9}/);
  t.deepEqual([first.length, second.length], [header.length, header.length]);
});

test("refused before anything is written: pairs to train the start on beside an encoder for the first round, and one that is not there", async (t) => {
  const run = newRun(t);
  const seedPairs = { "de-en": "samples/town.de" };
  await t.throwsAsync(loop({ run, firstRoundEncoder: "ngram", seedPairs }), {
    instanceOf: OptionError,
    message:
      /^seedPairs trains the start before it mines the first round, which firstRoundEncoder: "ngram" mines\. Leave one/,
  });
  await t.throwsAsync(loop({ run, firstRoundEncoder: "./no/such/folder" }), {
    instanceOf: ModelError,
    message: /no\/such\/folder/,
  });
  t.false(existsSync(run));
});
