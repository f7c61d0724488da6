import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import test from "ava";
import { mine } from "../../src/jobs/mine.js";
import { letterEncoder } from "../jobs/letter-encoder.js";
import { temporaryFolder } from "../temporary-folder.js";

const FOLDER = "samples/recipes";

/** The first lines of both samples. */
const few = mkdtempSync(join(tmpdir(), "crisscross-test-"));
test.after.always(() => rmSync(few, { recursive: true }));
const TOWN = ["de", "en"].map((language) => {
  const path = join(few, `town.${language}`);
  const lines = readFileSync(`samples/town.${language}`, "utf8").split("\n").slice(0, 60);
  writeFileSync(path, lines.join("\n"));
  return path;
}) as [source: string, target: string];

/** What a recipe prints, line by line. */
async function recipe(name: string, args: readonly string[], flags: readonly string[] = [], input?: Buffer) {
  const program = [...flags, `dist/${FOLDER}/${name}.js`, ...args];
  const running = promisify(execFile)(process.execPath, program);
  running.child.stdin?.end(input);
  return (await running).stdout.trimEnd().split("\n");
}

test("every recipe is in the page of recipes, and tried here", (t) => {
  const page = readFileSync(`${FOLDER}/README.md`, "utf8");
  const tests = readFileSync("test/readmes/recipes.test.ts", "utf8");
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".ts"))) {
    t.true(page.includes(`(${file})`), `${file} is not in the page`);
    t.regex(tests, new RegExp(`recipe\\(\\s*"${file.slice(0, -3)}"`), `${file} is not tried`);
  }
});

test("an embedding API is an encoder", async (t) => {
  const encoder = letterEncoder(16);
  const server = createServer(async (request, response) => {
    const { model, input } = JSON.parse(await text(request));
    const vectors = await encoder.encode(input);
    // In any order, as an API may answer.
    const data = input.map((_: string, index: number) => ({
      index,
      embedding: [...vectors.subarray(index * 16, (index + 1) * 16)],
    }));
    response.end(JSON.stringify({ model, data: data.reverse() }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const expected: string[] = [];
  for await (const { score, source, target } of mine(...TOWN, { encoder }))
    expected.push(`${score.toFixed(3)} ${source.text} = ${target.text}`);
  t.deepEqual(await recipe("embedding-api", [url, "letters", "16", ...TOWN]), expected);
});

test("a run that is stopped goes on where it was", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const stopped = await recipe("stop-and-go-on", [run, ...TOWN, "target vectors"]);
  t.deepEqual(stopped.slice(-2), ["target vectors: made", "stopped"]);
  const [first, ...rest] = await recipe("stop-and-go-on", [run, ...TOWN]);
  t.regex(first, /: kept$/);
  t.true(rest.includes("source vectors: kept"));
  t.true(rest.includes("target vectors: made"));
  t.regex(rest.at(-1)!, /^[1-9]\d* pairs$/);
});

test("rows of tables are mined, and found again by their identifiers", async (t) => {
  const expected: string[] = [];
  for await (const { score, source, target } of mine(...TOWN)) {
    const [ours, theirs] = [source, target].map(({ lines }) => lines.map((line) => `row ${line}`).join());
    expected.push(`${ours} = ${theirs} ${score.toFixed(3)}`);
  }
  t.deepEqual(await recipe("database", TOWN), expected);
});

test("pairs are filtered while they come", async (t) => {
  const running = recipe("filter-stream", [], [], readFileSync("samples/noisy.de-en.tsv"));
  const targets = (await running).map((row) => row.split("\t")[1]);
  t.deepEqual(targets, [
    "The bakery by the harbour opens at 6 o'clock and sells 400 rolls by noon.",
    "The ferry to Larkmoor runs only three times on Sundays.",
  ]);
});

test("a worker mines while its main thread is free", async (t) => {
  const expected: string[] = [];
  for await (const { score, source, target } of mine(...TOWN))
    expected.push(`${score.toFixed(3)} ${source.text} = ${target.text}`);
  t.deepEqual(await recipe("worker", TOWN), expected);
});

test("a process that mines again and again does not grow", async (t) => {
  const [figures] = await recipe(
    "long-lived",
    [...TOWN, "24", "test/embed/static/normalised"],
    ["--expose-gc"],
  );
  const { first, last } = JSON.parse(figures);
  t.true(last <= first + 16, figures);
});
