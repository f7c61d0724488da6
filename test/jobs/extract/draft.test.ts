import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { DraftWriter, hasDraft, NO_DOCUMENT, readDraftInfo } from "../../../src/jobs/extract/draft.js";
import { readDraftHashes, readDraftKeys, readDraftLines } from "../../../src/jobs/extract/read-draft.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("a draft gives back its lines, hashes and keys in order, whatever their number", async (t) => {
  const path = join(temporaryFolder(t), "draft");
  const writer = await DraftWriter.open(path);
  const lines: string[] = [];
  for (let document = 0; document < 500; document++) {
    const number = await writer.addDocument(BigUint64Array.of(BigInt(document), 2n ** 64n - 1n));
    t.is(number, document);
    for (let i = 0; i < 20; i++) {
      lines.push(`${document} ${i} ${"ä𝒳".repeat(i)}\n`);
      writer.addLine(lines.at(-1)!, number, i % 3, 2n ** 63n + BigInt(lines.length));
    }
    await writer.flush();
  }
  t.false(hasDraft(path));
  await writer.finish({ told: "this" });
  t.true(hasDraft(path));
  t.deepEqual(await readDraftInfo(path), { told: "this" });

  const read: string[] = [];
  const rows: number[][] = [];
  for await (const { rows: some, bytes } of readDraftLines(path)) {
    let start = 0;
    for (let i = 0; i < some.length; i++) {
      const { document, group, bytes: length } = some.row(i);
      rows.push([document, group]);
      read.push(bytes.toString("utf8", start, start + length));
      start += length;
    }
  }
  t.deepEqual(read, lines);
  t.deepEqual(
    rows,
    lines.map((_, i) => [Math.floor(i / 20), (i % 20) % 3]),
  );
  t.deepEqual(
    [...readDraftHashes(path)].flatMap(({ hashes }) => [...hashes]),
    lines.map((_, i) => 2n ** 63n + BigInt(i + 1)),
  );
  const keys = [...readDraftKeys(path)].flatMap((some) => [...some]);
  t.is(keys.length, 1000);
  t.deepEqual(keys.slice(-2), [499n, 2n ** 64n - 1n]);
});

test("a document without keys has no number; a draft without any has no keys", async (t) => {
  const path = join(temporaryFolder(t), "draft");
  const writer = await DraftWriter.open(path);
  t.is(await writer.addDocument(new BigUint64Array()), NO_DOCUMENT);
  await writer.finish({});
  t.deepEqual([...readDraftKeys(path)], []);
  t.deepEqual([...readDraftHashes(path)], []);
});

test("a draft that is given up leaves nothing", async (t) => {
  const folder = temporaryFolder(t);
  const writer = await DraftWriter.open(join(folder, "draft"));
  await writer.addDocument(BigUint64Array.of(1n));
  writer.addLine("a line\n", 0, 0, 1n);
  await writer.discard();
  t.deepEqual(readdirSync(folder), []);
});
