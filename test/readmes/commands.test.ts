import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import test from "ava";
import type { CommanderError } from "commander";
import { parse } from "shell-quote";
import { crisscross } from "../cli/terminal.js";
import { temporaryFolder } from "../temporary-folder.js";
import {
  argumentsIn,
  commandLines,
  commandsOf,
  inertProgram,
  optionsOf,
  wholeProgram,
} from "./command-lines.js";
import { examplesOf, runExample, unknownEncoders } from "./examples.js";
import { codeOf, linksOf, PAGES, prose, READMES, readPage, TOP } from "./find.js";

const commands = commandsOf(await wholeProgram());
const names = new Set(commands.map(({ name }) => name));
const rows = [...readPage(TOP).matchAll(/^\| \[`([a-z ]+)`\]\(([^)#]+)/gm)];
const chapters = new Map(rows.map(([, name, chapter]) => [name, chapter]));

test("the README's table has every command, and no other", (t) => {
  t.deepEqual([...chapters.keys()].sort(), [...names].sort());
});

for (const { name, command } of commands)
  test(`every option of ${name} is told on the first page, in its chapter or one link from there`, (t) => {
    const chapter = chapters.get(name)!;
    const near = new Set([TOP, chapter, ...linksOf(chapter).map(({ path }) => path)]);
    const told = READMES.filter((path) => near.has(path))
      .map(prose)
      .join("\n");
    const untold = optionsOf(command).filter((option) => !mentions(told, option));
    t.deepEqual(untold, []);
  });

for (const page of PAGES) {
  test(`${page}: the command line takes every command that is shown`, async (t) => {
    t.deepEqual(await refused(commandLines(page)), []);
  });

  test(`${page}: every option that is mentioned is there`, (t) => {
    t.deepEqual(codeOf(page).flatMap(unknownOptions), []);
  });
}

/** Of whole command lines, those that end in wrong usage, each with what is said. */
async function refused(lines: readonly string[][]): Promise<string[]> {
  const reasons: string[] = [];
  for (const argv of lines.filter((words) => !names.has(words.join(" "))))
    try {
      const program = await inertProgram(argv);
      await program.parseAsync(argv, { from: "user" });
    } catch (error) {
      const { exitCode, message } = error as CommanderError;
      if (exitCode !== 0) reasons.push(`${argv.join(" ")}: ${message}`);
    }
  return reasons;
}

function mentions(text: string, option: string): boolean {
  return new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(text);
}

/** Of code such as `--columns url` or `evaluate bucc --gold`: the options that the command, or all, do not have. */
function unknownOptions(code: string): string[] {
  const words = parse(code).filter((word) => typeof word === "string");
  if (words[0] === "npx") words.shift();
  if (words[0] === "crisscross") words.shift();
  const named = commands.filter(({ name }) => `${words.join(" ")} `.startsWith(`${name} `));
  const meant = words[0]?.startsWith("--") ? commands : named;
  if (meant.length === 0) return [];
  const known = new Set(["--help", "--version", ...meant.flatMap(({ command }) => optionsOf(command))]);
  return words.filter((word) => word.startsWith("--") && !known.has(word));
}

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
    const called = commandLines(page).filter((argv) => !names.has(argv.join(" ")));
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
      mkdirSync("tiles");
      mkdirSync("vectors");
      await crisscross("embed dump.de.gz -o de.npy --quiet".split(" "));
      await crisscross("embed news.en -o en.npy --quiet".split(" "));
      for (const shard of [1, 2])
        await crisscross(
          `search de.npy en.npy --source-shard ${shard}/2 -o tiles/${shard} --quiet`.split(" "),
        );
    }
    for (const line of lines) {
      // The hub's cache is not the test's.
      const { code, stderr } = await runExample(line.replace(" ~/.cache/huggingface/hub", ""));
      t.is(code, 0, `${line}: ${stderr}`);
    }
    process.chdir(before);
  }
});
