import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { extract } from "../../../src/jobs/extract/extract.js";
import { writeTextDump } from "../../dump.js";
import { flipBit } from "../../flip-bit.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

const GERMAN = "Der Bürgermeister eröffnete gestern die neue Brücke über den Fluss.";
const ENGLISH = "The mayor opened the new bridge across the river yesterday.";
const OPTIONS = { languages: ["de", "en"], threads: 1 };

/** Two dumps with a page in common. */
function writeDumps(folder: string): string[] {
  const page = (id: number, text: string) => ({ url: `https://example.org/${id}`, id, text });
  const pages = [[page(1, GERMAN), page(2, ENGLISH)], [page(3, GERMAN)]];
  return pages.map((own, i) => {
    const path = join(folder, `${i}.warc.wet.gz`);
    writeFileSync(path, writeTextDump(own));
    return path;
  });
}

/** What is told of files that were read before, or read again. */
async function notesOf(inputs: string[], output: string, reuse: string): Promise<string[]> {
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "note" || event.kind === "warning") notes.push(event.message);
  };
  await extract(inputs, output, { ...OPTIONS, reuse, onEvent });
  return notes;
}

test("what several runs read of the same files is not read again, and gives the files of one run", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const dumps = writeDumps(folder);
  await extract(dumps, at("whole"), OPTIONS);
  for (const [i, dump] of dumps.entries()) await extract([dump], at(`each/${i}`), OPTIONS);
  t.true((await notesOf(dumps, at("joined"), at("each"))).includes("2 of 2 files were read before"));
  t.deepEqual(hashRunFiles(at("joined")), hashRunFiles(at("whole")));
  t.true((await notesOf(dumps, at("half"), at("each/1"))).includes("1 of 2 files were read before"));
  t.deepEqual(hashRunFiles(at("half")), hashRunFiles(at("whole")));
});

test("a draft that two runs have is taken once, and one of which a killed run left a part is taken anew", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const [dump, other] = writeDumps(folder);
  for (const name of ["each/0", "each/1"]) await extract([dump], at(name), OPTIONS);
  t.true((await notesOf([dump], at("joined"), at("each"))).includes("1 of 1 files were read before"));
  const [json] = readdirSync(at("joined/files")).filter((name) => name.endsWith(".json"));
  await extract([other], at("killed"), OPTIONS);
  writeFileSync(at(`killed/files/${json.replace(".json", ".lines")}`), "half a li");
  t.true((await notesOf([dump], at("killed"), at("each"))).includes("1 of 1 files were read before"));
  t.deepEqual(hashRunFiles(at("killed")), hashRunFiles(at("joined")));
});

test("runs that have nothing of the files, as those with clean, are told, and the files are read", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const [dump] = writeDumps(folder);
  await extract([dump], at("cleaned"), { ...OPTIONS, clean: true });
  const notes = await notesOf([dump], at("again"), at("cleaned"));
  t.regex(notes.join("\n"), /cleaned: has nothing that was read of these files with these options/);
});

test("what another run left damaged is read again and named; what is no folder is refused", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const [dump] = writeDumps(folder);
  await extract([dump], at("whole"), OPTIONS);
  await extract([dump], at("other"), OPTIONS);
  const [lines] = readdirSync(at("other/files")).filter((name) => name.endsWith(".lines"));
  flipBit(join(at("other/files"), lines), 100);
  const notes = await notesOf([dump], at("again"), at("other"));
  t.regex(notes.join("\n"), /0\.warc\.wet\.gz is read again: .*\.lines: is damaged/);
  t.deepEqual(hashRunFiles(at("again")), hashRunFiles(at("whole")));
  await t.throwsAsync(extract([dump], at("none"), { ...OPTIONS, reuse: at("nowhere") }), {
    instanceOf: InputError,
    message: /nowhere: no such folder/,
  });
  t.false(existsSync(at("none")));
});
