import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { findInputs } from "../../../src/jobs/extract/find-inputs.js";
import { temporaryFolder } from "../../temporary-folder.js";

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
