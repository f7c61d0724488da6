import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import type { JobEvent } from "../../src/events.js";
import { filterBitext } from "../../src/jobs/filter/filter.js";
import { packZip } from "../read/zip/pack-zip.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const DOCUMENT = (text: string) => `<text><s id="1">${text}</s></text>`;

/** One pair in each format that is read and not written, by names that tell nothing where the first bytes do. */
const FILES: Readonly<Record<string, string | Buffer>> = {
  "a.csv": '"das ""Haus"", rot","the house"\n',
  "b.data": '[{"source": "das \\"Haus\\", rot", "target": "the house"}]',
  "c.data": '{"translation": {"de": "das \\"Haus\\", rot", "en": "the house"}}\n',
  "d.data":
    '<xliff version="1.2"><file source-language="de" target-language="en"><body><trans-unit id="1"><source>das "Haus", rot</source><target>the house</target></trans-unit></body></file></xliff>',
  "e.data":
    '<cesAlign><linkGrp fromDoc="de/x.xml" toDoc="en/x.xml"><link xtargets="1;1"/></linkGrp></cesAlign>',
  "f.data": packZip({ "X.de-en.de": 'das "Haus", rot\n', "X.de-en.en": "the house\n" }),
  "de.zip": packZip({ "X/raw/de/x.xml": DOCUMENT('das "Haus", rot') }),
  "en.zip": packZip({ "X/raw/en/x.xml": DOCUMENT("the house") }),
  "gold.tsv": 'das "Haus", rot\tthe house\n',
};

let folder: string;

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "crisscross-formats-"));
  for (const [name, data] of Object.entries(FILES)) await writeFile(join(folder, name), data);
});
test.after.always(() => rm(folder, { recursive: true, force: true }));

for (const name of ["a.csv", "b.data", "c.data", "d.data", "e.data", "f.data"])
  test(`each command that reads a bitext reads ${name}`, async (t) => {
    const path = join(folder, name);
    const out = join(folder, `${name}.out`);
    for (const command of [
      ["convert"],
      ["dedup"],
      ["filter", "--config", await noRules()],
      ["score", "--encoder", "ngram", "--dimensions", "16"],
    ]) {
      const { code, stderr } = await crisscross([...command, path, "-o", `${out}.tsv`]);
      t.is(code, 0, stderr);
      const { stdout } = await crisscross(["convert", `${out}.tsv`, "--output-format", "jsonl"]);
      const { source, target } = JSON.parse(stdout);
      t.deepEqual([source, target], ['das "Haus", rot', "the house"], command[0]);
    }
    const split = await crisscross(["split", path, "--test", "0", "--dev", "0", "-o", `${out}.parts`]);
    t.regex(split.stderr, /1 pair: train 1/);
    const { stdout } = await crisscross([
      "evaluate",
      "pairs",
      path,
      "--gold",
      join(folder, "gold.tsv"),
      "--json",
    ]);
    t.is(JSON.parse(stdout).rows[0].figures.F1.value, 1);
  });

async function noRules(): Promise<string> {
  const path = join(folder, "rules.yaml");
  await writeFile(path, "filters: [{LengthFilter: {unit: char, min_length: 1, max_length: 1000}}]\n");
  return path;
}

test("each command tells how many units are left out since they lack one of the languages", async (t) => {
  const unit = (id: number, target: string) =>
    `<trans-unit id="${id}"><source>Haus ${id}</source>${target}</trans-unit>`;
  const path = join(folder, "left-out.xlf");
  const units = [
    unit(1, "<target>house</target>"),
    unit(2, ""),
    unit(3, ""),
    unit(4, "<target>a house</target>"),
  ];
  await writeFile(
    path,
    `<xliff version="1.2"><file source-language="de" target-language="en"><body>${units.join("")}</body></file></xliff>`,
  );
  const [out, gold] = [join(folder, "left-out.tsv"), join(folder, "left-out.gold")];
  await writeFile(gold, "Haus 1\thouse\n");
  for (const command of [
    ["dedup", path, "-o", out],
    ["filter", path, "--config", await noRules(), "-o", out],
    ["split", path, "--test", "1", "--dev", "0", "-o", join(folder, "split")],
    ["evaluate", "pairs", path, "--gold", gold],
  ]) {
    const { code, stderr } = await crisscross(command);
    t.is(code, 0, stderr);
    t.is(stderr.match(/left out 2 units that are not in both languages\./g)?.length, 1, stderr);
  }
});

const PAIRS = "samples/town.de-en.tsv";
const TURNED =
  /6 of 6 pairs that were looked at are the other way round: their source is in de and their target in en, but the languages are said to be en,de/;

for (const argv of [
  ["filter", PAIRS],
  ["convert", PAIRS, "--output-format", "tmx"],
  ["dedup", PAIRS, "--output-format", "tmx"],
  ["score", PAIRS, "--score", "length", "--output-format", "tmx"],
])
  test(`${argv[0]} notices languages that are named in the wrong order`, async (t) => {
    const turned = await crisscross([...argv, "--languages", "en,de"]);
    t.is(turned.code, 0);
    t.regex(turned.stderr, TURNED);
    const right = await crisscross([...argv, "--languages", "de,en"]);
    t.is(right.code, 0);
    t.notRegex(right.stderr, /other way round/);
  });

test("split notices it where the languages name its files", async (t) => {
  const folder = temporaryFolder(t);
  const argv = ["split", "samples/town.de", "samples/town.en", "--test", "10", "--dev", "10", "-o", folder];
  t.regex((await crisscross([...argv, "--languages", "en,de"])).stderr, /the other way round/);
  t.notRegex((await crisscross([...argv, "--languages", "de,en"])).stderr, /the other way round/);
});

test("languages that cannot be told, or not from each other, and a few pairs, say nothing", async (t) => {
  for (const languages of ["qaa,qab", "hr,sr"])
    t.notRegex(
      (await crisscross(["convert", PAIRS, "--output-format", "tmx", "--languages", languages])).stderr,
      /other way round/,
    );
  const two = "Die Mühle steht am Fluss.\tThe mill stands by the river.\n".repeat(2);
  t.notRegex((await crisscross(["filter", "-", "--languages", "en,de"], two)).stderr, /other way round/);
});

test("the library hears of it as of a warning", async (t) => {
  const events: JobEvent[] = [];
  const output = join(temporaryFolder(t), "kept.tsv");
  await filterBitext(PAIRS, output, { languages: ["en", "de"], onEvent: (event) => events.push(event) });
  t.true(events.some((event) => event.kind === "warning" && /other way round/.test(event.message)));
});
