import { join } from "node:path";
import test from "ava";
import { filterBitext, type JobEvent } from "../../src/index.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

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
