import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { type Cleaning, cleanDocument } from "../../../src/jobs/extract/clean-document.js";
import { addCounts, type ExtractCounts, noCounts } from "../../../src/jobs/extract/counts.js";
import { DraftWriter, NO_DOCUMENT } from "../../../src/jobs/extract/draft.js";
import type { Draft } from "../../../src/jobs/extract/draft-files.js";
import { findInputs } from "../../../src/jobs/extract/find-inputs.js";
import { joinDrafts } from "../../../src/jobs/extract/join-drafts.js";
import { nameOutputs } from "../../../src/jobs/extract/name-outputs.js";
import { VolumeWriter } from "../../../src/write/volumes.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("counts of a time when a reason was not known are added to, either way", (t) => {
  const old = (): ExtractCounts => {
    const counts = noCounts();
    delete (counts.records.leftOut as Partial<ExtractCounts["records"]["leftOut"]>).revisit;
    return counts;
  };
  const more = noCounts();
  more.records.leftOut.revisit = 2;
  for (const counts of [old(), noCounts()]) {
    addCounts(counts, old());
    addCounts(counts, more);
    addCounts(counts, old());
    t.is(counts.records.leftOut.revisit, 2);
  }
});

/** The outputs of languages, for a text whose script says nothing. */
const outputs = (languages: string[], codes?: string[]) => {
  const outputOf = nameOutputs(codes);
  return languages.map((language) => outputOf(language, "1"));
};

test("each language has an output of its own where none is asked for", (t) => {
  t.deepEqual(outputs(["de", "zh", "zh-Hans"]), ["de", "zh", "zh-Hans"]);
});

test("Chinese that both scripts write goes along with the one that is asked for, and both with zh", (t) => {
  t.deepEqual(outputs(["zh-Hans", "zh-Hant", "zh", "de"], ["zh-Hant"]), [
    undefined,
    "zh-Hant",
    "zh-Hant",
    undefined,
  ]);
  t.deepEqual(outputs(["zh-Hans", "zh-Hant", "zh"], ["zh"]), ["zh", "zh", "zh"]);
});

test("Chinese that both scripts write goes with the first, where both are asked for", (t) => {
  t.deepEqual(outputs(["zh-Hans", "zh-Hant", "zh"], ["zh-Hans", "zh-Hant"]), [
    "zh-Hans",
    "zh-Hant",
    "zh-Hans",
  ]);
});

test("a language that is asked for by itself has its own output, whatever else covers it", (t) => {
  t.deepEqual(outputs(["zh-Hans", "zh-Hant", "zh"], ["zh", "zh-Hans"]), ["zh-Hans", "zh", "zh"]);
});

test("Serbian goes to the script that it is written in", (t) => {
  const [cyrillic, latin] = ["Мачка спава.", "Mačka spava."];
  const one = nameOutputs(["sr-Latn"]);
  t.deepEqual([one("sr", latin), one("sr", cyrillic), one("hr", latin)], ["sr-Latn", undefined, undefined]);
  const both = nameOutputs(["sr-Cyrl", "sr-Latn"]);
  t.deepEqual([both("sr", latin), both("sr", cyrillic)], ["sr-Latn", "sr-Cyrl"]);
  const rest = nameOutputs(["sr", "sr-Latn"]);
  t.deepEqual([rest("sr", latin), rest("sr", cyrillic)], ["sr-Latn", "sr"]);
});

/** Texts say what language they are of, and how surely: "de 0.9 …"; a paragraph says it of its first sentence. */
const cleaning: Cleaning = {
  identify: (text) => {
    const [language, score] = text.split(" ");
    return { language, score: Number(score) };
  },
  splitSentences: (text) => text.split(" / "),
  firstFault: (text) => (text.endsWith("bad") ? "few-letters" : undefined),
  outputOf: (language) => (language === "de" || language === "en" ? language : undefined),
  minLanguageScore: 0.5,
};

function clean(...blocks: string[]) {
  const counts = noCounts();
  return { sentences: [...cleanDocument({ blocks, offset: 0 }, cleaning, counts)], counts };
}

test("sentences have a language and a score of their own, and numbers that count those left out", (t) => {
  const { sentences, counts } = clean("de 0.9 a", " \n ", "de 0.8 b / de 0.7 bad / en 0.6 c");
  t.deepEqual(sentences, [
    { text: "de 0.9 a", language: "de", score: 0.9, block: 1, sentence: 1 },
    { text: "de 0.8 b", language: "de", score: 0.8, block: 3, sentence: 1 },
    { text: "en 0.6 c", language: "en", score: 0.6, block: 3, sentence: 3 },
  ]);
  t.deepEqual(counts.blocks, { read: 3, repaired: 0, dropped: { empty: 1 } });
  t.deepEqual(counts.sentences, { read: 4, kept: 3, dropped: { "few-letters": 1 } });
});

test("a paragraph that is surely of another language is left out whole; of an unsure one each sentence decides", (t) => {
  const { sentences, counts } = clean("fr 0.9 a / de 0.9 b", "fr 0.4 c / de 0.9 d / fr 0.9 e");
  t.deepEqual(
    sentences.map(({ text }) => text),
    ["de 0.9 d"],
  );
  t.deepEqual(counts.blocks.dropped, { "other-language": 1 });
  t.deepEqual(counts.sentences.dropped, { "unsure-language": 1, "other-language": 1 });
});

test("a paragraph is mended before it is looked at", (t) => {
  const { sentences, counts } = clean("de 0.9 FÃ¤hre  zum CafÃ©");
  t.is(sentences[0].text, "de 0.9 Fähre zum Café");
  t.is(counts.blocks.repaired, 1);
});

function makeFolder(t: Parameters<typeof temporaryFolder>[0], names: string[]): string {
  const folder = temporaryFolder(t);
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
  return folder;
}

test("a folder gives the files in it and below that are known, by their paths, without what is written", async (t) => {
  const names = [
    "b.warc.gz",
    "a/z.WET",
    "a/.hidden.warc",
    "a/c.jsonl.zst",
    "b.cdx",
    "out/de.jsonl.zst",
    "x.txt",
  ];
  const folder = makeFolder(t, names);
  const { files, leftOut } = await findInputs([folder], {}, join(folder, "out"));
  t.deepEqual(leftOut, { ".cdx": 1, hidden: 1 });
  const expected = ["a/c.jsonl.zst", "a/z.WET", "b.warc.gz", "x.txt"];
  t.deepEqual(
    files.map(({ name }) => name),
    expected.map((name) => join(folder, name)),
  );
  const { files: all } = await findInputs([folder], { format: "text" }, join(folder, "out"));
  t.deepEqual(
    all.map(({ name }) => name),
    ["a/c.jsonl.zst", "a/z.WET", "b.cdx", "b.warc.gz", "x.txt"].map((name) => join(folder, name)),
  );
});

test("a folder of links gives the files to which they lead, and those that lead nowhere, to be told", async (t) => {
  const folder = makeFolder(t, ["dump/a.warc", "links/list.txt"]);
  const links = join(folder, "links");
  symlinkSync(join(folder, "dump/a.warc"), join(links, "a.warc"));
  symlinkSync(join(folder, "dump"), join(links, "folder.warc"));
  symlinkSync(join(folder, "gone"), join(links, "gone.warc"));
  const { files, leftOut } = await findInputs([links], {}, join(folder, "out"));
  t.deepEqual(leftOut, { "links to folders": 1 });
  t.deepEqual(
    files.map(({ name }) => name),
    ["a.warc", "gone.warc", "list.txt"].map((name) => join(links, name)),
  );
});

test("files come in the order in which they are given, those of a list behind, each once", async (t) => {
  const folder = makeFolder(t, ["b.warc", "a.warc", "c.warc", "list"]);
  const path = (name: string) => join(folder, name);
  writeFileSync(path("list"), `${path("c.warc")}\r\n\n${path("a.warc")}\n`);
  const { files } = await findInputs(
    [path("b.warc"), path("a.warc")],
    { filesFrom: path("list") },
    path("out"),
  );
  t.deepEqual(
    files.map(({ name }) => name),
    [path("b.warc"), path("a.warc"), path("c.warc")],
  );
});

test("a file is known by its size and time, a stream by its content, which is kept until the end", async (t) => {
  const folder = makeFolder(t, ["a.warc"]);
  const streamOf = (text: string) => Readable.from([Buffer.from(text)]);
  const find = (text: string) => findInputs([join(folder, "a.warc"), streamOf(text)], {}, folder);
  const [first, same, other] = [await find("x"), await find("x"), await find("y")];
  const identities = ({ files }: typeof first) => files.map(({ identity }) => identity);
  t.deepEqual(identities(first), identities(same));
  t.notDeepEqual(identities(first)[1], identities(other)[1]);
  t.like(identities(first)[0], { bytes: 6 });
  t.is(first.files[1].name, "standard input");
  for (const found of [first, same, other]) await found[Symbol.asyncDispose]();
  await t.throwsAsync(findInputs([streamOf("x"), streamOf("y")], {}, folder), { instanceOf: OptionError });
});

test("nothing to read, and a folder without a known file, are sentences", async (t) => {
  const folder = makeFolder(t, ["a.cdx"]);
  await t.throwsAsync(findInputs([], {}, folder), { instanceOf: OptionError, message: /nothing to read/ });
  await t.throwsAsync(findInputs([folder], {}, join(folder, "out")), {
    instanceOf: InputError,
    message: /a folder without a file that ends in \.warc/,
  });
});

/** A document: its keys, and its lines by language. */
interface Document {
  keys?: bigint[];
  lines: [language: string, text: string][];
}

async function writeDraft(path: string, documents: Document[]): Promise<Draft> {
  const writer = await DraftWriter.open(path);
  const facts = { counts: noCounts(), outputs: [] as string[], keyed: 0, faults: [] };
  for (const { keys = [], lines } of documents) {
    const number = await writer.addDocument(BigUint64Array.from(keys));
    if (number !== NO_DOCUMENT) facts.keyed++;
    for (const [language, text] of lines) {
      if (!facts.outputs.includes(language)) facts.outputs.push(language);
      const hash = BigInt(`0x${Buffer.from(text).toString("hex")}`);
      writer.addLine(`${text}\n`, number, facts.outputs.indexOf(language), hash);
    }
  }
  await writer.finish(facts);
  return { path, facts };
}

async function joinAll(t: ExecutionContext, drafts: Document[][], memory = 2 ** 20) {
  const folder = temporaryFolder(t);
  const written = await Promise.all(drafts.map((draft, i) => writeDraft(join(folder, `${i}`), draft)));
  const writer = new VolumeWriter(folder, { suffix: "txt", compression: "none" });
  const spill = join(folder, "spill");
  const counts = await joinDrafts(written, writer, { memory, spill, onEvent: () => {} });
  await writer.finish();
  await writer.publish();
  const texts = Object.keys(writer.files).map((name) => [name, readFileSync(join(folder, name), "utf8")]);
  return { counts, files: Object.fromEntries(texts) };
}

test("of a text that comes again in any draft only the first stays", async (t) => {
  const { counts, files } = await joinAll(t, [
    [
      {
        lines: [
          ["de", "eins"],
          ["en", "one"],
          ["de", "eins"],
        ],
      },
    ],
    [],
    [
      {
        lines: [
          ["en", "two"],
          ["de", "eins"],
          ["en", "one"],
          ["de", "zwei"],
        ],
      },
    ],
  ]);
  t.deepEqual(files, { "de.txt": "eins\nzwei\n", "en.txt": "one\ntwo\n" });
  t.deepEqual(counts, {
    nearDuplicateDocuments: 0,
    languages: {
      de: { sentences: 4, nearDuplicates: 0, duplicates: 2, written: 2 },
      en: { sentences: 3, nearDuplicates: 0, duplicates: 1, written: 2 },
    },
  });
});

test("a document that has a key of an earlier one goes, and what it alone has said before does not count", async (t) => {
  const { counts, files } = await joinAll(t, [
    [
      { keys: [1n, 2n], lines: [["de", "a"]] },
      { lines: [["de", "b"]] },
      {
        keys: [3n, 2n],
        lines: [
          ["de", "c"],
          ["de", "d"],
        ],
      },
    ],
    [
      { keys: [5n, 6n], lines: [["de", "c"]] },
      { keys: [1n, 9n], lines: [["en", "e"]] },
    ],
  ]);
  t.deepEqual(files, { "de.txt": "a\nb\nc\n" });
  t.deepEqual(counts, {
    nearDuplicateDocuments: 2,
    languages: {
      de: { sentences: 5, nearDuplicates: 2, duplicates: 0, written: 3 },
      en: { sentences: 1, nearDuplicates: 1, duplicates: 0, written: 0 },
    },
  });
});
