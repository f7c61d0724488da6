import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { noCounts } from "../../../src/jobs/extract/counts.js";
import { DraftWriter, NO_DOCUMENT } from "../../../src/jobs/extract/draft.js";
import type { Draft } from "../../../src/jobs/extract/draft-files.js";
import { joinDrafts } from "../../../src/jobs/extract/join-drafts.js";
import { VolumeWriter } from "../../../src/write/volumes.js";
import { temporaryFolder } from "../../temporary-folder.js";

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
