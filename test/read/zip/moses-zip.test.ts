import test from "ava";
import { InputError } from "../../../src/errors.js";
import type { PairInput, ReadPairsOptions } from "../../../src/read/pairs/read-pairs.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { crisscross } from "../../cli/terminal.js";
import { writeFixture } from "../_fixtures.js";
import { packZip } from "./pack-zip.js";

async function read(input: PairInput, options: ReadPairsOptions = {}): Promise<string[][]> {
  const texts: string[][] = [];
  for await (const batch of readPairs(input, options))
    texts.push(...batch.map(({ source, target }) => [source, target]));
  return texts;
}

/** As OPUS has it. */
const BOOKS = {
  README: "about\n",
  LICENSE: "free\n",
  "Books.de-en.en": "house\nmill\n",
  "Books.de-en.de": "Haus\nMühle\n",
  "Books.de-en.ids": "a\tb\t1\t1\n",
  "Books.de-en.xml": "<cesAlign/>\n",
};

test("a zip file of Moses is a pair on each line number, in the order that its names tell", async (t) => {
  const path = await writeFixture(t, "de-en.txt.zip", packZip(BOOKS));
  const pairs = [
    ["Haus", "house"],
    ["Mühle", "mill"],
  ];
  t.deepEqual(await read(path), pairs);
  t.deepEqual(await read(path, { format: "moses" }), pairs);
  t.deepEqual(await read(path, { languages: ["en", "de"] }), [
    ["house", "Haus"],
    ["mill", "Mühle"],
  ]);
  const { stdout, code } = await crisscross(["dedup", path, "--languages", "en,de"]);
  t.deepEqual([code, stdout], [0, "house\tHaus\nmill\tMühle\n"]);
});

test("of more than two languages those are read that are asked for", async (t) => {
  const path = await writeFixture(
    t,
    "all.zip",
    packZip({ "x/t.de": "a\n", "x/t.en": "b\n", "x/t.fr": "c\n" }),
  );
  t.deepEqual(await read(path, { languages: ["fr", "deu"] }), [["c", "a"]]);
  await t.throwsAsync(read(path), { message: /without two files of Moses/ });
});

test("a zip file of something else, or of several bitexts, is refused with what it holds and what to do", async (t) => {
  const one = await writeFixture(t, "one.zip", packZip({ "pairs.tsv": "a\tb\n" }));
  await t.throwsAsync(read(one), {
    instanceOf: InputError,
    message:
      /one\.zip: is a zip file without two files of Moses.*it holds pairs\.tsv\. .*unzip -p \S+one\.zip pairs\.tsv/,
  });
  const several = await writeFixture(
    t,
    "two.zip",
    packZip({ "train.de": "a", "train.en": "b", "dev.de": "c", "dev.en": "d" }),
  );
  await t.throwsAsync(read(several), {
    message: /of several bitexts: train\.de and train\.en, dev\.de and dev\.en/,
  });
  const office = await writeFixture(
    t,
    "x.xlsx",
    packZip({ "[Content_Types].xml": "", "xl/workbook.xml": "" }),
  );
  await t.throwsAsync(read(office), { message: /office document: export it as TSV/ });
});

test("a zip file that is cut short or damaged, or whose files differ in length, is an error", async (t) => {
  const whole = packZip(BOOKS);
  const cut = await writeFixture(t, "cut.zip", whole.subarray(0, -30));
  await t.throwsAsync(read(cut), { message: /cut\.zip: is no zip file, or is cut short/ });
  // The data of LICENSE's neighbour: one character of a stored sum is another.
  const damaged = Buffer.from(whole);
  const index = damaged.indexOf("Books.de-en.en", damaged.indexOf("PK\x01\x02"));
  damaged[index - 30]++;
  const path = await writeFixture(t, "bad.zip", damaged);
  await t.throwsAsync(read(path), { message: /bad\.zip\/Books\.de-en\.en: is not what was packed/ });
  const uneven = await writeFixture(t, "uneven.zip", packZip({ "a.de": "1\n2\n", "a.en": "1\n" }));
  await t.throwsAsync(read(uneven), { message: /uneven\.zip\/a\.de: has 2 lines, but \S+a\.en has 1/ });
});
