import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import type { ScoredPair } from "../../../src/index.js";
import { mine } from "../../../src/jobs/mine.js";
import { nameSource } from "../../../src/steps/texts/source-kind.js";
import { letterEncoder } from "../../jobs/letter-encoder.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("a path ending in .npy is vectors, any other a text in the format of its name", (t) => {
  const kindOf = (path: string) => {
    const source = nameSource(path, "source");
    return source.kind === "bytes" ? source.format : source.kind;
  };
  t.deepEqual(["de.npy", "de.tsv.gz", "de.jsonl", "de.npy.txt", "de"].map(kindOf), [
    "vectors",
    "tsv",
    "jsonl",
    "text",
    "text",
  ]);
});

test("a stream is text, sentences in memory are what they are, and both have names of their own", (t) => {
  const stream = nameSource(Readable.from([]), "source");
  t.like(stream, { kind: "bytes", name: "standard input", format: "text" });
  t.like(nameSource(["one"], "target"), { kind: "sentences", name: "target" });
  t.like(nameSource(["one"], "target", { read: { name: "mine" } }), { kind: "sentences", name: "mine" });
});

test("a named pipe is read in the format of its name, with a run folder and without", async (t) => {
  const folder = temporaryFolder(t);
  const pipe = join(folder, "de.tsv");
  t.is(spawnSync("mkfifo", [pipe]).status, 0);
  const textsOf = async (run?: string) => {
    const writer = spawn("sh", ["-c", `printf 'one\\tfirst\\ntwo\\tsecond\\n' > "${pipe}"`]);
    const pairs: ScoredPair[] = [];
    for await (const pair of mine(pipe, ["one", "two"], { encoder: letterEncoder(8), run })) pairs.push(pair);
    if (writer.exitCode === null) await once(writer, "exit");
    return pairs.map(({ source }) => source.text).sort();
  };
  t.deepEqual(await textsOf(), ["one", "two"]);
  t.deepEqual(await textsOf(join(folder, "run")), ["one", "two"]);
  t.false(existsSync(join(folder, "run", ".source.spool.part")));
});
