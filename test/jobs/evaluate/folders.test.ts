import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { evaluateXsim } from "../../../src/jobs/evaluate/aligned.js";
import {
  type AlignedFolderOptions,
  findAlignedSets,
} from "../../../src/jobs/evaluate/folders/aligned-sets.js";
import { meanFigure, measure, measureGain, unitsOf } from "../../../src/jobs/evaluate/rate.js";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import { evaluateXsimFolder } from "../../../src/jobs/evaluate/xsim-folder.js";
import { crisscross } from "../../cli/terminal.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { tableEncoder } from "../table-encoder.js";

function folderOf(t: ExecutionContext, files: Record<string, string | Buffer>): string {
  const folder = temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The sets as `x y`, with the lines of the first. */
async function found(folder: string, options: AlignedFolderOptions = {}) {
  const { sets, sameLines: _, ...how } = await findAlignedSets(folder, options);
  const lines = await sets[0].read({});
  return { sets: sets.map(({ x, y }) => `${x} ${y}`), ...how, source: lines.source, target: lines.target };
}

const [DE, FR, EN] = ["eins\nzwei\n", "un\ndeux\n", "one\ntwo\n"];
const german = { source: ["eins", "zwei"], target: ["one", "two"] };

test("FLORES of three releases: a file a language, in a folder a split, of which devtest is taken and told", async (t) => {
  const flores200 = {
    "dev/deu_Latn.dev": "alt\n",
    "dev/eng_Latn.dev": "old\n",
    "dev/fra_Latn.dev": "vieux\n",
    "devtest/deu_Latn.devtest": DE,
    "devtest/eng_Latn.devtest": EN,
    "devtest/fra_Latn.devtest": FR,
    "metadata_dev.tsv": "URL\n",
    README: "",
  };
  const plus = (suffix: string) =>
    Object.fromEntries(
      Object.entries(flores200).map(([path, text]) => [
        path.replace(/(\w+)\.(dev|devtest)$/, suffix),
        suffix.endsWith("jsonl") ? text.replaceAll(/.+/g, (line) => JSON.stringify({ text: line })) : text,
      ]),
    );
  const sets = ["deu_Latn eng_Latn", "fra_Latn eng_Latn"];
  for (const files of [flores200, plus("$2.$1"), plus("$1.jsonl")]) {
    const folder = folderOf(t, files);
    t.deepEqual(await found(folder), { sets, pivot: "eng_Latn", split: "devtest", ...german });
    t.deepEqual((await found(folder, { split: "dev" })).source, ["alt"]);
    t.deepEqual((await found(join(folder, "devtest"))).split, undefined);
  }
});

test("NTREX-128: the English source beside references, of which some are English too", async (t) => {
  const folder = folderOf(t, {
    "newstest2019-src.eng.txt": EN,
    "newstest2019-ref.deu.txt": DE,
    "newstest2019-ref.eng-GB.txt": EN,
    "newstest2019-ref.zho-CN.txt": DE,
    "LICENSE.txt": "",
  });
  t.deepEqual(await found(folder), {
    sets: ["deu eng", "eng-GB eng", "zho-CN eng"],
    pivot: "eng",
    split: undefined,
    ...german,
  });
});

test("any texts that are named by language, in any place of their names", async (t) => {
  const layouts: Record<string, string | Buffer>[] = [
    { "de.txt": DE, "en.txt": EN },
    { "flores.de.gz": gzipSync(DE), "flores.en": EN },
    { "de/news.txt": DE, "en/news.txt": EN },
    { "news-src.de": DE, "news-ref.en": EN },
  ];
  for (const files of layouts)
    t.deepEqual(await found(folderOf(t, files)), {
      sets: ["de en"],
      pivot: "en",
      split: undefined,
      ...german,
    });
});

test("Tatoeba of LASER, of XTREME and of MTEB: two languages a set", async (t) => {
  const records =
    '{"sentence1":"eins","sentence2":"one","lang":"deu-eng"}\n{"sentence1":"zwei","sentence2":"two"}\n';
  const layouts: [Record<string, string | Buffer>, string][] = [
    [{ "tatoeba.deu-eng.deu": DE, "tatoeba.deu-eng.eng": EN }, "deu eng"],
    [{ "de-en.de": DE, "de-en.en": EN }, "de en"],
    [{ "test/deu-eng.jsonl.gz": gzipSync(records) }, "deu eng"],
    [{ "deu-eng/test.jsonl": records, "README.md": "" }, "deu eng"],
  ];
  const encoder = tableEncoder({ eins: [1, 0], one: [1, 0.1], zwei: [0, 1], two: [0.1, 1] });
  for (const [files, set] of layouts) {
    const folder = folderOf(t, files);
    t.deepEqual(await found(folder), { sets: [set], pivot: set.split(" ")[1], split: undefined, ...german });
    for (const language of ["de", "deu"]) {
      const { rows } = await evaluateTatoeba(folder, { encoder, languages: [language] });
      t.is(rows[0].name, set.split(" ")[0]);
      t.is(rows[0].figures["accuracy x→en"].value, 1);
    }
  }
});

test("English lines that were put in alphabetical order, as XTREME does, are no translations by line", async (t) => {
  const letters = [..."bcadfehg"];
  const folder = folderOf(t, {
    "de-en.de": letters.map((letter) => `x${letter}\n`).join(""),
    "de-en.en": [...letters].sort().join("\n"),
  });
  await t.throwsAsync(evaluateTatoeba(folder), {
    instanceOf: InputError,
    message: /de-en\.en: is in alphabetical order, .*Take the files that it reads: tatoeba\.deu-eng\.deu/,
  });
});

test("a row a language against the pivot, or a row every two languages; then the mean", async (t) => {
  const folder = folderOf(t, { "deu.txt": DE, "eng.txt": EN, "fra.txt": "deux\nun\n" });
  const encoder = tableEncoder({
    eins: [1, 0],
    one: [1, 0.1],
    un: [1, 0.2],
    zwei: [0, 1],
    two: [0.1, 1],
    deux: [0.2, 1],
  });
  // The French lines are the wrong way round: each finds the other's translation.
  const { columns, rows, conditions } = await evaluateXsimFolder(folder, { encoder });
  t.deepEqual(columns, ["xsim x→eng", "xsim eng→x"]);
  t.deepEqual(
    rows.map(({ name, figures }) => [name, ...columns.map((column) => figures[column].value)]),
    [
      ["deu", 0, 0],
      ["fra", 1, 1],
      ["mean of 2", 0.5, 0.5],
    ],
  );
  t.like(conditions, { metric: "xsim", pivot: "eng", sentences: 4 });
  const all = await evaluateXsimFolder(folder, { encoder, allPairs: true });
  t.deepEqual(
    all.rows.map(({ name, figures }) => [name, figures["xsim x→y"].value]),
    [
      ["deu–eng", 0],
      ["deu–fra", 1],
      ["eng–fra", 1],
      ["mean of 3", 2 / 3],
    ],
  );
  const french = await evaluateXsimFolder(folder, { encoder, pivot: "fr", languages: ["de"] });
  t.deepEqual(
    french.rows.map(({ name, figures }) => [name, figures["xsim fra→x"].value]),
    [["deu", 1]],
  );
});

test("what a folder lacks is told, with what it has", async (t) => {
  const folder = folderOf(t, {
    "a/deu.txt": DE,
    "a/zho_Hans.txt": FR,
    "b/deu.txt": DE,
    "b/zho_Hant.txt": FR,
  });
  for (const [options, message] of [
    [{}, /has several splits; it has a, b\. Name one with split/],
    [{ split: "c" }, /has no split c; it has a, b/],
    [{ split: "a" }, /has no texts for en; it has deu, zho_Hans.*pivot/],
    [{ split: "a", pivot: "de", languages: ["fr", "it"] }, /has no texts for fr, it; it has deu/],
    [{ split: "a", pivot: "de", allPairs: true }, /pivot and allPairs exclude each other/],
  ] as const)
    await t.throwsAsync(findAlignedSets(folder, options), { instanceOf: OptionError, message });
  t.deepEqual((await found(folder, { split: "a", pivot: "de", languages: ["zh"] })).sets, ["zho_Hans deu"]);
  const both = folderOf(t, { "deu.txt": DE, "zho_Hans.txt": FR, "zho_Hant.txt": FR });
  await t.throwsAsync(findAlignedSets(both, { pivot: "deu", languages: ["zh"] }), {
    message: /zh may be zho_Hans or zho_Hant\. Name one of them/,
  });
});

test("aligned texts are read in any format of a text, and no line is left out", async (t) => {
  const folder = folderOf(t, {
    "de.tsv": "1\teins\n2\tzwei\n",
    "en.jsonl": '{"content":{"text":"one"}}\n{"content":{"text":"two"}}\n',
  });
  const [de, en] = [join(folder, "de.tsv"), join(folder, "en.jsonl")];
  const encoder = tableEncoder({ eins: [1, 0], one: [1, 0.1], zwei: [0, 1], two: [0.1, 1] });
  const reading = { read: { column: 2 }, readTarget: { field: "content.text" } };
  t.is((await evaluateXsim(de, en, { encoder, ...reading })).rows[0].figures.xsim.value, 0);
  const skip = { read: { column: 2, onError: "skip" as const } };
  await t.throwsAsync(evaluateXsim(de, de, { encoder, ...skip }), {
    message: /onError: "skip" leaves lines out/,
  });
  await t.throwsAsync(evaluateXsim(de, de, { encoder, read: { field: "text" } }), {
    message: /field goes with jsonl/,
  });
});

test("the command line evaluates a folder, two texts, and a bitext, each in its format", async (t) => {
  const folder = folderOf(t, {
    "sets/deu.tsv": "1\teins\n2\tzwei\n",
    "sets/eng.tsv": "1\tone\n2\ttwo\n",
    "mined.jsonl": '{"de":"a","en":"A","p":2}\n{"de":"b","en":"X","p":1}\n{broken\n',
    gold: "a\tA\n",
  });
  const [de, en] = [join(folder, "sets/deu.tsv"), join(folder, "sets/eng.tsv")];
  const xsim = (...argv: string[]) =>
    crisscross(["evaluate", "xsim", ...argv, "--encoder", "ngram", "--column", "2"]);
  t.regex((await xsim(join(folder, "sets"))).stdout, /xsim x→eng .*\ndeu /);
  t.regex((await xsim(de, en)).stdout, /source→target/);
  t.regex(
    (await xsim(de, en, "--pivot", "de")).stderr,
    /a pivot, all pairs and a split are chosen among the texts of a folder, but two files/,
  );
  const pairs = ["evaluate", "pairs", join(folder, "mined.jsonl"), "--gold", join(folder, "gold")];
  const { stdout } = await crisscross([
    ...pairs,
    "--fields",
    "de,en",
    "--score-field",
    "p",
    "--on-error",
    "skip",
  ]);
  t.regex(stdout, /mined\.jsonl +1\.000 .*\n.* pairs 2 · gold 1 · skipped 1/);
});

test("codes of two letters name the texts of codes of three, also where the standards differ in more", async (t) => {
  const codes = ["deu", "swh", "nob", "lvs", "cmn", "pes"];
  const folder = folderOf(
    t,
    Object.fromEntries(
      codes.flatMap((code) => [
        [`tatoeba.${code}-eng.${code}`, DE],
        [`tatoeba.${code}-eng.eng`, EN],
      ]),
    ),
  );
  const languages = ["de", "sw", "no", "lv", "zh", "fa"];
  t.deepEqual(
    (await findAlignedSets(folder, { languages })).sets.map(({ x }) => x),
    codes,
  );
});

test("lines are the same in every set where there is a text a language, and not in sets of two", async (t) => {
  const texts = folderOf(t, { "deu.txt": DE, "eng.txt": EN, "fra.txt": FR });
  t.true((await findAlignedSets(texts)).sameLines);
  const pairs = folderOf(t, { "de-en.de": DE, "de-en.en": EN });
  t.false((await findAlignedSets(pairs)).sameLines);
});

const coins = (heads: number, of: number) => unitsOf(Array.from({ length: of }, (_, i) => i < heads));
const half = measure(coins(500, 1000), true);

test("the interval of a mean of independent rates is as narrow as theirs together", (t) => {
  const { value, interval } = meanFigure([half, half, half, half], [0, 1, 2, 3]);
  t.is(value, 0.5);
  // Normal approximation: half a width is 1.96 · √(0.25 / 1000 / 4).
  const expected = 1.96 * Math.sqrt(0.25 / 4000);
  t.true(Math.abs((interval!.high - interval!.low) / 2 / expected - 1) < 0.15, JSON.stringify(interval));
});

test("rates of the same sentences are sampled together, so their mean is no surer than each", (t) => {
  t.deepEqual(meanFigure([half, half], [0, 0]).interval, half.figure.interval);
});

test("a mean of gains has the interval of paired samples; of a gain of nothing it is nothing", (t) => {
  const same = measureGain(coins(30, 100), coins(30, 100), true);
  t.deepEqual(meanFigure([same, same], [0, 1]), { value: 0, interval: { low: 0, high: 0 } });
});

test("where no interval was asked for, or one figure has none, the mean has none", (t) => {
  t.deepEqual(meanFigure([measure(coins(1, 2), false), half], [0, 1]), { value: 0.5 });
  t.is(meanFigure([measureGain(coins(1, 2), coins(1, 2), false)], [0]).interval, undefined);
});
