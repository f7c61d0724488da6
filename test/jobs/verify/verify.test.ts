import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import { cacheVectors } from "../../../src/jobs/evaluate/vector-cache.js";
import { extract } from "../../../src/jobs/extract/extract.js";
import { mine } from "../../../src/jobs/mine.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import { verify } from "../../../src/jobs/verify/verify.js";
import { dropChecksums } from "../../before-checksums.js";
import { crisscross } from "../../cli/terminal.js";
import { flipBit } from "../../flip-bit.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { linesOf, loop, newRun } from "../criss/loop.js";
import { letterEncoder } from "../letter-encoder.js";

/** The state of every file, by its name in the folder. */
async function statesOf(folder: string, inside = folder): Promise<Record<string, string>> {
  const states: Record<string, string> = {};
  for await (const { path, state } of verify([inside])) states[path.slice(folder.length + 1)] = state;
  return states;
}

function writeLines(path: string, language: string): string {
  writeFileSync(path, `${linesOf(`samples/town.${language}`).slice(0, 12).join("\n")}\n`);
  return path;
}

async function minedRun(folder: string): Promise<string> {
  const run = join(folder, "run");
  const [source, target] = ["de", "en"].map((language) => writeLines(join(folder, language), language));
  for await (const _ of mine(source, target, { run, encoder: letterEncoder(4) }));
  return run;
}

test("every file of a run is sound, until one of its bits is flipped or it is removed", async (t) => {
  const run = await minedRun(temporaryFolder(t));
  const before = await statesOf(run);
  t.deepEqual(Object.keys(before).sort(), readdirSync(run).sort());
  t.deepEqual([...new Set(Object.values(before))], ["sound"]);
  flipBit(join(run, "candidates.cosine.npy"), 1100);
  rmSync(join(run, "target.npy"));
  writeFileSync(join(run, "notes.txt"), "mine\n");
  t.deepEqual(await statesOf(run), {
    ...before,
    "candidates.cosine.npy": "damaged",
    "target.npy": "missing",
    "notes.txt": "unverified",
  });
});

test("a damaged manifest is told, and what a run without checksums holds is unverified", async (t) => {
  const run = await minedRun(temporaryFolder(t));
  dropChecksums(run);
  t.deepEqual([...new Set(Object.values(await statesOf(run)))], ["unverified"]);
  flipBit(join(run, "manifest.json"), 17);
  t.is((await statesOf(run))["manifest.json"], "damaged");
});

test("a loop's encoder can be checked alone, by what the run knows of it", async (t) => {
  const run = newRun(t);
  await loop({ run, rounds: 1 });
  t.deepEqual([...new Set(Object.values(await statesOf(run)))], ["sound"]);
  const encoder = join(run, "rounds/0/encoder");
  flipBit(join(encoder, "model.safetensors"), 100_003);
  const states = await statesOf(encoder);
  t.is(states["model.safetensors"], "damaged");
  t.is(states["tokenizer.json"], "sound");
  t.deepEqual(await statesOf(encoder, join(encoder, "model.safetensors")), {
    "model.safetensors": "damaged",
  });
});

test("outputs and drafts of extract, shards, and remembered vectors are checked", async (t) => {
  const folder = temporaryFolder(t);
  const dump = join(folder, "dump.jsonl");
  writeFileSync(
    dump,
    linesOf("samples/town.de")
      .slice(0, 8)
      .map((text) => `${JSON.stringify({ text })}\n`)
      .join(""),
  );
  const extracted = join(folder, "extracted");
  await extract([dump], extracted, { languages: ["de"], compression: "gz", threads: 1 });
  const sound = await statesOf(extracted);
  t.deepEqual([...new Set(Object.values(sound))], ["sound"]);
  for (const file of Object.keys(sound)) if (file.endsWith(".lines")) flipBit(join(extracted, file), 99);
  flipBit(join(extracted, "de.jsonl.gz"), 999);
  const states = await statesOf(extracted);
  t.is(states["de.jsonl.gz"], "damaged");
  t.is(Object.values(states).filter((state) => state === "damaged").length, 2);

  const npy = join(folder, "de.npy");
  await embedFile(writeLines(join(folder, "de"), "de"), npy, { encoder: letterEncoder(4) });
  const shard = join(folder, "shard");
  await searchTile(npy, npy, shard);
  t.is(Object.keys(await statesOf(shard)).length, readdirSync(shard).length);
  flipBit(join(shard, "forward.exact.npy"), 1100);
  t.is((await statesOf(shard))["forward.exact.npy"], "damaged");

  const parts = join(folder, "parts");
  mkdirSync(parts);
  for (const file of [npy, `${npy}.json`]) copyFileSync(file, join(parts, basename(file)));
  t.deepEqual(await statesOf(parts), { "de.npy": "sound", "de.npy.json": "sound" });
  for (const file of ["de.npy", "de.npy.json"]) flipBit(join(parts, file), 1100);
  t.deepEqual(await statesOf(parts), { "de.npy": "damaged", "de.npy.json": "damaged" });

  const vectors = join(folder, "vectors");
  const cache = await cacheVectors(letterEncoder(4), vectors);
  await cache.encode(["one", "two"]);
  await cache.close!();
  const [space] = readdirSync(vectors);
  t.deepEqual(await statesOf(vectors), { [`${space}/rows`]: "sound" });
  flipBit(join(vectors, space, "rows"), 40);
  t.deepEqual(await statesOf(vectors), { [`${space}/rows`]: "damaged" });
});

test("a blob of the hub's cache must have the hash that it is called by", async (t) => {
  const cache = temporaryFolder(t);
  const repository = join(cache, "models--a--b");
  for (const folder of ["blobs", "snapshots/c"]) mkdirSync(join(repository, folder), { recursive: true });
  const content = Buffer.from("some weights");
  const names = [
    createHash("sha256").update(content).digest("hex"),
    createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex"),
  ];
  for (const [i, name] of names.entries()) {
    writeFileSync(join(repository, "blobs", name), content);
    symlinkSync(`../../blobs/${name}`, join(repository, "snapshots/c", `file${i}`));
  }
  t.deepEqual(Object.values(await statesOf(cache)), ["sound", "sound"]);
  flipBit(join(repository, "blobs", names[0]), 5);
  const snapshot = join(repository, "snapshots/c");
  t.deepEqual(await statesOf(snapshot), { file0: "damaged", file1: "sound" });
  flipBit(join(repository, "blobs", names[1]), 5);
  t.deepEqual(Object.values(await statesOf(repository)), ["damaged", "damaged"]);
});

test("the command counts, names what is not sound, and fails for what is damaged", async (t) => {
  const run = await minedRun(temporaryFolder(t));
  const sound = await crisscross(["verify", run]);
  t.is(sound.code, 0);
  t.regex(sound.stdout, /^\d+ sound · 0 damaged · 0 missing · 0 unverified\n$/);
  flipBit(join(run, "source.txt"), 9);
  const { code, stdout, stderr } = await crisscross(["verify", run]);
  t.is(code, 1);
  t.regex(
    stdout,
    /^damaged {5}.*source\.txt: is damaged: its checksum is .*Run the command that made it again\.\n/,
  );
  t.regex(stdout, / · 1 damaged · 0 missing · 0 unverified\n$/);
  t.regex(stderr, /^crisscross: .*run: 1 file damaged or missing\.\n$/);
  const json = (await crisscross(["verify", run, "--json"])).stdout.trimEnd().split("\n");
  t.is(json.filter((line) => JSON.parse(line).state === "damaged").length, 1);
  await t.throwsAsync(verify([join(run, "nothing")]).next(), {
    instanceOf: InputError,
    message: /no such file/,
  });
});
