import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { JobEvent, ReadOptions } from "../../src/index.js";
import { embedFile } from "../../src/jobs/embed-file.js";
import { mine } from "../../src/jobs/mine.js";
import { readSentences } from "../../src/read/read-sentences.js";
import { letterEncoder } from "../jobs/letter-encoder.js";
import { temporaryFolder } from "../temporary-folder.js";

const BUCC = ["de-000000001\tEin Haus.", "", "de-000000002\tZwei Hunde."];

function write(t: ExecutionContext, name: string, lines: string[]): string {
  const path = join(temporaryFolder(t), name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

async function notesOf(path: string, options: ReadOptions = {}): Promise<string[]> {
  const notes: string[] = [];
  for await (const _ of readSentences(path, { ...options, onNote: ({ message }) => notes.push(message) }));
  return notes;
}

test("a text whose lines begin with BUCC's identifiers is told once, with the option that takes them apart", async (t) => {
  const lines = Array.from({ length: 3000 }, (_, i) => `de-${String(i).padStart(9, "0")}\tSatz ${i}`);
  for (const path of [write(t, "de.txt", BUCC), write(t, "long.de", lines)])
    t.deepEqual(await notesOf(path), [
      `${path}: looks like id⇥sentence, but its ids are read as part of the sentences. Pass format: "bucc" to read them as ids.`,
    ]);
});

test("TSV is told the same unless its column is named", async (t) => {
  const path = write(t, "de.tsv", BUCC);
  t.is((await notesOf(path)).length, 1);
  t.deepEqual(await notesOf(path, { column: 2, idColumn: 1 }), []);
  t.deepEqual(await notesOf(path, { column: 1 }), []);
});

test("what is read as BUCC's, plain text, and a text of which one line has no identifier are not told of", async (t) => {
  t.deepEqual(await notesOf(write(t, "de.txt", BUCC), { format: "bucc" }), []);
  t.deepEqual(await notesOf("samples/town.de"), []);
  t.deepEqual(await notesOf(write(t, "one.txt", [...BUCC, "CO-2\tist ein Gas."])), []);
  t.deepEqual(await notesOf(write(t, "blank.txt", ["", ""])), []);
});

test("mine and embed note it of each text that looks like it", async (t) => {
  const encoder = letterEncoder();
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => event.kind === "note" && notes.push(event.message.split(": ")[0]);
  const path = write(t, "de.txt", BUCC);
  for await (const _ of mine(path, "samples/town.en", { encoder, onEvent }));
  await embedFile(path, `${path}.npy`, { encoder, onEvent });
  t.deepEqual(notes, [path, path]);
});
