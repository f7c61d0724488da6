import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { MineOptions, ScoredPair } from "../../../src/index.js";
import { mine } from "../../../src/jobs/mine.js";
import { searchShard } from "../../../src/jobs/shards/search-shard.js";
import { dropChecksums } from "../../before-checksums.js";
import { letterEncoder } from "../../jobs/letter-encoder.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

const [DE, EN, FR] = ["de", "en", "fr"].map((language) => `samples/town.${language}`);

async function pairsOf(source: string, target: string, options: MineOptions = {}): Promise<ScoredPair[]> {
  const pairs: ScoredPair[] = [];
  for await (const pair of mine(source, target, options)) pairs.push(pair);
  return pairs;
}

const told = (pairs: ScoredPair[]) =>
  pairs.map(({ score, source, target }) => [score, source.text, target.text].join("\t"));

/** A run of a text with blank lines and a sentence twice, so that rows are not lines. */
async function runIn(t: ExecutionContext, encoder = letterEncoder()) {
  const folder = temporaryFolder(t);
  const [path, run] = [join(folder, "town.de"), join(folder, "run")];
  const lines = readFileSync(DE, "utf8").trimEnd().split("\n");
  writeFileSync(path, `\n${lines[0]}\n${lines.join("\n\n")}\n`);
  const pairs = await pairsOf(path, EN, { encoder, run });
  return { path, run, pairs, vectors: [join(run, "source.npy"), join(run, "target.npy")] as const };
}

test("a run's own vectors give the pairs that they gave before; lines are those of the run's text", async (t) => {
  const { run, pairs, vectors } = await runIn(t);
  const again = await pairsOf(...vectors);
  t.deepEqual(told(again), told(pairs));
  const sentences = readFileSync(join(run, "source.txt"), "utf8").split("\n");
  for (const { source } of again) t.deepEqual(source.lines, [sentences.indexOf(source.text) + 1]);
});

test("one side of a run is mined with another language, and is not embedded again", async (t) => {
  const { path, vectors } = await runIn(t);
  const encoder = letterEncoder();
  const found = told(await pairsOf(vectors[0], FR, { encoder }));
  t.is(encoder.encoded, 260);
  t.deepEqual(found, told(await pairsOf(path, FR, { encoder: letterEncoder() })));
});

test("a shard of a run's own vectors can be searched", async (t) => {
  const { vectors } = await runIn(t);
  const { rows } = await searchShard(...vectors, join(temporaryFolder(t), "part"));
  t.deepEqual(rows, { source: 260, target: 260 });
});

test("vectors that are not of the sentences beside them are refused", async (t) => {
  const { run, vectors } = await runIn(t);
  dropChecksums(run);
  for (const name of ["source.json", "source.txt", "source.txt.offsets.npy", "source.places.npy"])
    cpSync(join(run, name.replace("source", "target")), join(run, name));
  await t.throwsAsync(pairsOf(...vectors), {
    instanceOf: InputError,
    message: /source\.npy: does not belong to the sentences in .*source\.txt\. Run mine there to its end/,
  });
});

test("a run does not read what it would replace, and stays as it is", async (t) => {
  const { run, vectors } = await runIn(t);
  const before = hashRunFiles(run);
  for (const own of [vectors[0], join(run, "target.txt")])
    await t.throwsAsync(pairsOf(own, EN, { run: `${run}/` }), {
      instanceOf: OptionError,
      message: /belongs to the run in .*, which would replace it\. Name another run folder/,
    });
  t.deepEqual(hashRunFiles(run), before);
});
