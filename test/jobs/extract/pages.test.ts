import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { OptionError } from "../../../src/errors.js";
import { extract } from "../../../src/jobs/extract/extract.js";
import type { ExtractOptions } from "../../../src/jobs/extract/options.js";
import { recordId, writeDump, writeTextDump } from "../../dump.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

const town = (language: string) => readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n");
const [DE, EN] = [town("de"), town("en")];

const HEAD = `<title> Die Stadt
  heute</title><link rel="alternate" hreflang="en" href="/en/1"><link rel="alternate" hreflang="x-default" href="/">
  <link rel="alternate stylesheet" href="blue.css"><svg><title>Wappen</title></svg>`;

const page = (id: number, paragraphs: readonly string[], head = "") => ({
  url: `https://town.example/de/${id}`,
  id,
  html: `<html><head>${head}</head><body>${paragraphs.map((text) => `<p>${text}</p>`).join("")}</body></html>`,
});

const OPTIONS: ExtractOptions = { unit: "page", languages: ["de", "en"], compression: "none", threads: 1 };

/** Extracts pages of a dump; gives what each file says, and the summary. */
async function pagesOf(folder: string, dump: Buffer, options: ExtractOptions = {}) {
  const input = join(folder, "a.warc.gz");
  writeFileSync(input, dump);
  const output = join(folder, "out");
  const summary = await extract([input], output, { ...OPTIONS, ...options });
  const read = (name: string) =>
    readFileSync(join(output, name), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  return { summary, read, output, input };
}

test("a page is a line: its address, title, links to other languages, and its sentences by block", async (t) => {
  const paragraphs = [`${DE[0]} ${DE[1]}`, "42", DE[2]];
  const { read, input, summary } = await pagesOf(temporaryFolder(t), writeDump([page(1, paragraphs, HEAD)]));
  const [{ score, offset, ...found }, ...more] = read("de.jsonl");
  t.deepEqual(found, {
    url: "https://town.example/de/1",
    id: recordId(1),
    file: input,
    title: "Die Stadt heute",
    hreflang: { en: "/en/1" },
    language: "de",
    blocks: [[DE[0], DE[1]], [DE[2]]],
  });
  t.true(score > 0.9 && score <= 1 && offset > 0);
  t.deepEqual(more, []);
  t.deepEqual(summary.pages, { read: 1, kept: 1, dropped: {} });
  t.deepEqual(summary.languages, {
    de: { sentences: 3, pages: 1, nearDuplicates: 0, duplicates: 0, written: 1 },
  });
  t.is(summary.outputs["de.jsonl"].lines, 1);
});

test("a sentence may come on many pages; of pages that say the same the first stays, and near-duplicates go on request", async (t) => {
  const [a, b] = [DE.slice(0, 9), [...DE.slice(0, 8), DE[20]]];
  const folder = temporaryFolder(t);
  const dump = writeDump([page(1, a), page(2, b), page(3, a)]);
  const all = await pagesOf(folder, dump);
  t.deepEqual(
    all.read("de.jsonl").map(({ url }) => url),
    ["https://town.example/de/1", "https://town.example/de/2"],
  );
  t.like(all.summary.languages.de, { pages: 3, sentences: 27, duplicates: 1, written: 2 });
  const { summary } = await pagesOf(folder, dump, { nearDuplicates: 0.5 });
  t.like(summary.languages.de, { pages: 3, nearDuplicates: 2, duplicates: 0, written: 1 });
});

test("a page is of the language of most of its text; the rest of it, and a page without a sentence, are counted", async (t) => {
  const mixed = page(1, [DE[0], EN[1], DE[2], DE[3]]);
  const dump = writeDump([mixed, page(2, ["42", "— — —"]), page(3, [EN[4], EN[5]])]);
  const { read, summary } = await pagesOf(temporaryFolder(t), dump);
  t.deepEqual(read("de.jsonl")[0].blocks, [[DE[0]], [DE[2]], [DE[3]]]);
  t.deepEqual(
    read("en.jsonl").map(({ id, language, blocks }) => ({ id, language, blocks })),
    [{ id: recordId(3), language: "en", blocks: [[EN[4]], [EN[5]]] }],
  );
  t.deepEqual(summary.pages, { read: 3, kept: 2, dropped: { "no-sentence": 1 } });
  t.is(summary.sentences.dropped["not-the-page's-language"], 1);
  const { read: sentences, kept, dropped } = summary.sentences;
  t.is(kept, 5);
  t.is(sentences, kept + Object.values(dropped).reduce((sum, n) => sum + n, 0));
});

test("threads, and drafts that are there already, give the same pages; the unit is part of what is kept", async (t) => {
  const folder = temporaryFolder(t);
  const inputs = [0, 1, 2].map((n) => {
    const path = join(folder, `${n}.warc.wet.gz`);
    const pages = [1, 2].map((k) => ({
      url: `https://${n}.example/${k}`,
      id: k,
      text: DE.slice(9 * n + 3 * k, 9 * n + 3 * k + 3).join("\n"),
    }));
    writeFileSync(path, writeTextDump(pages));
    return path;
  });
  const into = async (name: string, options: ExtractOptions) => {
    await extract(inputs, join(folder, name), { ...OPTIONS, ...options });
    const { "de.jsonl": pages, "stats.json": stats } = hashRunFiles(join(folder, name));
    t.truthy(pages);
    return { pages, stats };
  };
  const one = await into("one", {});
  t.deepEqual(await into("two", { threads: 2 }), one);
  t.notDeepEqual(await into("one", { unit: "sentence" }), one);
  t.deepEqual(await into("one", {}), one);
});

test("pages are lines of JSON alone", async (t) => {
  await t.throwsAsync(
    extract(["samples/town.warc.gz"], temporaryFolder(t), { unit: "page", outputFormat: "tsv" }),
    {
      instanceOf: OptionError,
      message: /pages have a form only as lines of JSON/,
    },
  );
});
