import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import test from "ava";
import type { CommanderError } from "commander";
import { crisscross } from "../cli/terminal.js";
import { temporaryFolder } from "../temporary-folder.js";
import { argumentsIn, commandLines, commandsOf, inertProgram, wholeProgram } from "./command-lines.js";
import { examplesOf, runExample, unknownEncoders } from "./examples.js";
import { PAGES } from "./find.js";

const program = await wholeProgram();
const names = commandsOf(program).map(({ name }) => name);

for (const name of names)
  test(`the help of ${name} has an example, which the command line takes, with encoders that are there`, async (t) => {
    const lines = await examplesOf(name);
    t.true(lines.length > 0);
    const called = lines.flatMap(argumentsIn);
    t.true(called.length > 0);
    for (const argv of called) {
      t.deepEqual(unknownEncoders(argv), [], argv.join(" "));
      const inert = await inertProgram(argv);
      const error = await inert.parseAsync(argv, { from: "user" }).then(
        () => undefined,
        (thrown: CommanderError) => thrown,
      );
      t.is(error?.message, undefined, argv.join(" "));
    }
  });

for (const page of PAGES)
  test(`${page}: the encoders of its examples are there`, (t) => {
    const called = commandLines(page).filter((argv) => !names.includes(argv.join(" ")));
    t.deepEqual(called.flatMap(unknownEncoders), []);
  });

test("the headings of options come in one order in every help", async (t) => {
  const order = [
    "Input",
    "Encoder",
    "Search",
    "Selection",
    "Training",
    "Rules",
    "Evaluation",
    "Output",
    "Run",
  ];
  for (const name of names) {
    const { stdout } = await crisscross([...name.split(" "), "--help"]);
    const headings = [...stdout.matchAll(/^(\w+):$/gm)].map(([, heading]) => heading);
    const found = headings.filter((heading) => order.includes(heading));
    t.deepEqual(
      found,
      order.filter((heading) => found.includes(heading)),
      name,
    );
  }
});

const manyPairs = (count: number) =>
  Array.from({ length: count }, (_, i) => `satz ${i}\tsentence ${i}\n`).join("");

/** Commands whose examples run in a moment on the samples. */
const RUN = [
  "mine",
  "select",
  "extract",
  "score",
  "convert",
  "embed",
  "merge",
  "verify",
  "filter",
  "dedup",
  "split",
];

test.serial("the examples of help run on the samples", async (t) => {
  const samples = resolve("samples");
  const read = (name: string) => readFileSync(`${samples}/${name}`);
  const before = process.cwd();
  t.teardown(() => process.chdir(before));
  for (const name of RUN) {
    const lines = await examplesOf(name);
    process.chdir(temporaryFolder(t));
    writeFileSync("dump.de.gz", gzipSync(read("town.de")));
    writeFileSync("news.de.gz", gzipSync(read("town.de")));
    writeFileSync("news.en", read("town.en"));
    writeFileSync("corpus.tsv.gz", gzipSync(read("town.de-en.tsv")));
    writeFileSync("corpus.tsv", read("town.de-en.tsv"));
    writeFileSync("CC-MAIN-1.warc.gz", read("town.warc.gz"));
    if (["select", "verify"].includes(name))
      await crisscross([..."mine dump.de.gz news.en --run run --quiet".split(" ")]);
    if (name === "split") writeFileSync("corpus.tsv.gz", gzipSync(manyPairs(5000)));
    if (name === "convert") await crisscross("convert corpus.tsv --languages de,en -o memory.tmx".split(" "));
    if (["merge", "verify"].includes(name)) {
      mkdirSync("shards");
      mkdirSync("vectors");
      await crisscross("embed dump.de.gz -o de.npy --quiet".split(" "));
      await crisscross("embed news.en -o en.npy --quiet".split(" "));
      for (const shard of [1, 2])
        await crisscross(`search de.npy en.npy --shard ${shard}/2 -o shards/${shard} --quiet`.split(" "));
    }
    for (const line of lines) {
      // The hub's cache is not the test's.
      const { code, stderr } = await runExample(line.replace(" ~/.cache/huggingface/hub", ""));
      t.is(code, 0, `${line}: ${stderr}`);
    }
    process.chdir(before);
  }
});
