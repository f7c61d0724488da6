import fs, { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { WINDOW } from "../../src/embed/embed.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { InputError } from "../../src/errors.js";
import type { JobEvent } from "../../src/events.js";
import { criss } from "../../src/jobs/criss/criss.js";
import { dedupBitext } from "../../src/jobs/dedup/dedup.js";
import { embedFile } from "../../src/jobs/embed/embed-file.js";
import { extract } from "../../src/jobs/extract/extract.js";
import { mine } from "../../src/jobs/mine.js";
import { scoreBitext } from "../../src/jobs/score/score.js";
import { splitBitext } from "../../src/jobs/split/split.js";
import { mergeTiles } from "../../src/jobs/tiles/merge-tiles.js";
import { searchTile } from "../../src/jobs/tiles/search-tile.js";
import { trainStatic } from "../../src/jobs/train/train-static.js";
import { copyOf, staticFolder } from "../embed/folders.js";
import { temporaryFolder } from "../temporary-folder.js";
import { letterEncoder } from "./letter-encoder.js";

const LINES = ["aaa bbb", "bbb ccc", "ccc ddd", "ddd eee", "eee fff", "fff aaa"];
const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/** A folder with texts and a bitext that were written long ago, so that any writing shows. */
function writeInputs(t: ExecutionContext) {
  const folder = temporaryFolder(t);
  const write = (name: string, lines: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
    utimesSync(path, LONG_AGO, LONG_AGO);
    return path;
  };
  return {
    folder,
    source: write("a.de", LINES),
    target: write("a.en", LINES),
    pairs: write(
      "a.tsv",
      LINES.map((line) => `${line}\t${line}`),
    ),
  };
}

/** Other words in the same number of lines and bytes, as somebody else may write them at any time. */
const rewrite = (path: string) => writeFileSync(path, readFileSync(path, "utf8").replaceAll("a", "z"));

const writeAgain = (path: string) => writeFileSync(path, readFileSync(path));

/** Changes a file at the first event of a stage. */
function changeAt(stage: string, path: string, change = rewrite): (event: JobEvent) => void {
  let isDone = false;
  return (event) => {
    if (isDone || event.kind !== "progress" || event.stage !== stage) return;
    isDone = true;
    change(path);
  };
}

/** The job ends with an error that names the file that changed. */
async function refuses(t: ExecutionContext, job: Promise<unknown>, path: string): Promise<void> {
  await t.throwsAsync(job, {
    instanceOf: InputError,
    message: new RegExp(`^${path}: was written again at .* Run again when nothing writes it any more`),
  });
}

const CHANGED = "that is rewritten with as many rows";

test(`dedup refuses a bitext ${CHANGED} between its passes, and writes nothing`, async (t) => {
  const { folder, pairs } = writeInputs(t);
  const output = join(folder, "kept.tsv");
  await refuses(t, dedupBitext(pairs, output, { onEvent: changeAt("compare", pairs) }), pairs);
  t.deepEqual(readdirSync(folder).sort(), ["a.de", "a.en", "a.tsv"]);
});

test(`split refuses a bitext ${CHANGED} between its passes, and writes nothing`, async (t) => {
  const { folder, pairs } = writeInputs(t);
  const splits = join(folder, "splits");
  const sizes = { test: 1, dev: 1 };
  await refuses(t, splitBitext(pairs, splits, { ...sizes, onEvent: changeAt("compare", pairs) }), pairs);
  t.deepEqual(readdirSync(splits), []);
});

test("split refuses one side of a bitext of two files", async (t) => {
  const { folder, source, target } = writeInputs(t);
  const job = splitBitext([source, target], folder, { test: 0, dev: 0, onEvent: changeAt("write", target) });
  await refuses(t, job, target);
});

test(`score refuses a bitext ${CHANGED} while its texts are embedded, and writes nothing`, async (t) => {
  const { folder, pairs } = writeInputs(t);
  const letters = letterEncoder();
  const encoder = {
    ...letters,
    encode: (texts: readonly string[]) => {
      rewrite(pairs);
      return letters.encode(texts);
    },
  };
  const output = join(folder, "scored.tsv");
  await refuses(t, scoreBitext(pairs, output, { encoder }), pairs);
  t.false(existsSync(output));
});

test("score refuses a neighbourhood that is rewritten between its hash and its reading", async (t) => {
  const { folder, pairs, target } = writeInputs(t);
  const options = { encoder: letterEncoder(), neighbourhood: { target }, onEvent: changeAt("read", target) };
  await refuses(t, scoreBitext(pairs, join(folder, "scored.tsv"), options), target);
});

test("mine and criss keep nothing of a text that is rewritten between its hash and its reading", async (t) => {
  const { folder, source, target } = writeInputs(t);
  const run = join(folder, "run");
  const encoder = letterEncoder();
  await refuses(
    t,
    mine(source, target, { run, encoder, onEvent: changeAt("read source", source) }).next(),
    source,
  );
  t.false(existsSync(join(run, "source.txt")));
  const loop = criss([{ de: source, en: target }], {
    run: join(folder, "loop"),
    encoder: "ngram",
    dimensions: 4,
    onEvent: changeAt("read en", target),
  });
  await refuses(t, loop.next(), target);
});

test("embed refuses a text that is rewritten while it is embedded, and writes nothing", async (t) => {
  const { folder, source } = writeInputs(t);
  // More than is read before the first sentence is embedded.
  writeFileSync(source, "a line\n".repeat(2 * WINDOW));
  utimesSync(source, LONG_AGO, LONG_AGO);
  const output = join(folder, "a.npy");
  const job = embedFile(source, output, { encoder: letterEncoder(), onEvent: changeAt("embed", source) });
  await refuses(t, job, source);
  t.false(existsSync(output));
});

test("search refuses vectors, and merge a text, that are rewritten while they work", async (t) => {
  const { folder, source, target } = writeInputs(t);
  for (const path of [source, target]) {
    await embedFile(path, `${path}.npy`, { encoder: letterEncoder() });
    utimesSync(`${path}.npy`, LONG_AGO, LONG_AGO);
  }
  const part = join(folder, "part");
  const search = (changed: string) =>
    searchTile(`${source}.npy`, `${target}.npy`, part, {
      onEvent: changeAt("search", changed, writeAgain),
    });
  // What is refused has changed; its time is set back for what follows.
  const restore = (path: string) => utimesSync(path, LONG_AGO, LONG_AGO);
  await refuses(t, search(`${target}.npy`), `${target}.npy`);
  restore(`${target}.npy`);
  await search(join(folder, "a.tsv"));
  await refuses(
    t,
    mergeTiles([part], join(folder, "run"), { onEvent: changeAt("read source", source) }),
    source,
  );
  restore(source);
});

test("train refuses pairs and sentences to be kept out that are rewritten after they were hashed", async (t) => {
  const { folder, pairs, source } = writeInputs(t);
  const output = join(folder, "table");
  const options = { from: "ngram", dimensions: 4, steps: 1, batch: 2, validation: 0 };
  const changed = { ...options, pairs: [pairs], onEvent: changeAt("read pairs", pairs) };
  await refuses(t, trainStatic(output, changed), pairs);
  // Streams are copied after the files before them were hashed.
  const stream = async function* () {
    rewrite(source);
    yield Buffer.from("kept out\n");
  };
  await refuses(t, trainStatic(output, { ...options, pairs: [pairs], keepOut: [source, stream()] }), source);
  t.false(existsSync(output));
});

test("extract refuses a file that is rewritten before its turn, and keeps no draft of it", async (t) => {
  const { folder, source, target } = writeInputs(t);
  const run = join(folder, "run");
  const job = extract([source, target], run, {
    format: "text",
    threads: 1,
    onEvent: changeAt("read", target),
  });
  await refuses(t, job, target);
});

test("an encoder whose file is rewritten between its reading and its digest is refused", async (t) => {
  const folder = copyOf(staticFolder("normalised"), t);
  const path = join(folder, "model.safetensors");
  utimesSync(path, LONG_AGO, LONG_AGO);
  const { open } = fs.promises;
  fs.promises.open = async (...given) => {
    const file = await open(...given);
    if (given[0] === path) writeAgain(path);
    return file;
  };
  syncBuiltinESMExports();
  t.teardown(() => {
    fs.promises.open = open;
    syncBuiltinESMExports();
  });
  await refuses(t, openEncoder(folder), path);
});

test("a stream is copied, and so is the same each time", async (t) => {
  const { folder, pairs } = writeInputs(t);
  const stream = async function* () {
    yield readFileSync(pairs);
  };
  const { kept } = await dedupBitext(stream(), join(folder, "kept.tsv"), {
    onEvent: changeAt("compare", pairs),
  });
  t.is(kept, LINES.length);
  t.false(readFileSync(join(folder, "kept.tsv"), "utf8").includes("z"));
});
