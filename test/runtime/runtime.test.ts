import { writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import test, { type ExecutionContext } from "ava";
import * as errors from "../../src/errors.js";
import { InputError, OutputError } from "../../src/errors.js";
import { packError, unpackError } from "../../src/runtime/carried-error.js";
import { findExternalData } from "../../src/runtime/external-data.js";
import { adviseAdding, adviseCompiling } from "../../src/runtime/install-advice.js";
import { WorkerPool } from "../../src/runtime/worker-pool.js";
import { temporaryFolder } from "../temporary-folder.js";

const NAME = "hnswlib-node";

async function project(t: ExecutionContext, ...signs: string[]): Promise<string> {
  const folder = temporaryFolder(t);
  for (const sign of signs) {
    await mkdir(dirname(join(folder, sign)), { recursive: true });
    await writeFile(join(folder, sign), "");
  }
  return folder;
}

for (const { sign, add, compile } of [
  { sign: "node_modules/.package-lock.json", add: /^Run npm install hnswlib-node$/, compile: /npm rebuild/ },
  { sign: "node_modules/.modules.yaml", add: /^Run pnpm add hnswlib-node$/, compile: /--allow-build=/ },
  { sign: "node_modules/.yarn-integrity", add: /^Run yarn add hnswlib-node$/, compile: /^Install/ },
  { sign: "node_modules/.yarn-state.yml", add: /^Run yarn add hnswlib-node$/, compile: /^Install/ },
  { sign: "bun.lock", add: /^Run bun add hnswlib-node$/, compile: /bun add --trust/ },
  { sign: "bun.lockb", add: /^Run bun add hnswlib-node$/, compile: /bun add --trust/ },
]) {
  test(`where ${sign} lies above the package, the advice is for its manager`, async (t) => {
    const folder = join(await project(t, sign), "node_modules", "crisscross", "dist");
    t.regex(adviseAdding(NAME, folder), add);
    t.regex(adviseCompiling(NAME, folder), compile);
  });
}

test("a project of pnpm in which npm was at work before is one of pnpm", async (t) => {
  const folder = await project(t, "node_modules/.package-lock.json", "node_modules/.modules.yaml");
  t.regex(adviseAdding(NAME, folder), /pnpm add/);
});

test("the nearest project counts, not one above it", async (t) => {
  const folder = await project(t, "bun.lock", "inner/node_modules/.package-lock.json");
  t.regex(adviseAdding(NAME, join(folder, "inner")), /npm install/);
});

test("where nothing tells the manager, no command is guessed", async (t) => {
  t.is(adviseCompiling(NAME, await project(t)), "Install hnswlib-node and let its install script run");
});

/** A message with one field, by its number in onnx.proto. */
const message = (field: number, content: Uint8Array) =>
  new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(content).finish();

/** A TensorProto whose numbers are in another file: external_data is 13, a key 1, a value 2. */
const tensorIn = (location: string) =>
  message(
    13,
    new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .string("location")
      .tag(2, WireType.LengthDelimited)
      .string(location)
      .finish(),
  );

test("weights in other files are those of initialisers and of constants", (t) => {
  const path = join(temporaryFolder(t), "model.onnx");
  // graph 7; its node 1, of that the attribute 5, of that the tensor 5; its initializer 5.
  const node = message(1, message(5, message(5, tensorIn("Constant_7_attr__value"))));
  const initializer = message(5, tensorIn("model.onnx_data"));
  writeFileSync(path, message(7, Buffer.concat([node, initializer])));
  t.deepEqual(findExternalData(path).sort(), [
    join(path, "../Constant_7_attr__value"),
    join(path, "../model.onnx_data"),
  ]);
});

type Answer = { doubled: number; tasks: number };

function openPool(t: { teardown(end: () => Promise<void>): void }, threads: number) {
  const pool = new WorkerPool<number | string, string, Answer>(
    new URL("./worker.js", import.meta.url),
    threads,
  );
  t.teardown(() => pool.close());
  return pool;
}

test("tasks are done by threads that stay, and tell how far they are", async (t) => {
  const pool = openPool(t, 1);
  const news: string[] = [];
  const answers = await Promise.all([1, 2, 3].map((task) => pool.run(task, (told) => news.push(told))));
  t.deepEqual(answers, [
    { doubled: 2, tasks: 1 },
    { doubled: 4, tasks: 2 },
    { doubled: 6, tasks: 3 },
  ]);
  t.deepEqual(news, ["at 1", "at 2", "at 3"]);
});

test("an error of ours is of its own class, with its place; a bug keeps its stack; the thread goes on", async (t) => {
  const pool = openPool(t, 1);
  const run = (task: number | string) => pool.run(task, () => {});
  const input = await t.throwsAsync(run("input"), {
    instanceOf: InputError,
    message: "a.gz, byte 7: is cut short",
  });
  t.deepEqual(input?.place, { path: "a.gz", byte: 7 });
  await t.throwsAsync(run("output"), { instanceOf: OutputError, message: "b: the disk is full" });
  const bug = await t.throwsAsync(run("bug"), { name: "TypeError", message: "x is undefined" });
  t.regex(bug?.stack ?? "", /worker\.js/);
  t.is((await run(1)).doubled, 2);
});

test("close ends a thread that never would", async (t) => {
  const pool = openPool(t, 1);
  const endless = t.throwsAsync(pool.run("endless", () => {}));
  await pool.close();
  await endless;
});

test("many tasks may wait, without a warning", async (t) => {
  const pool = openPool(t, 1);
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  t.teardown(() => process.off("warning", note));
  await Promise.all(Array.from({ length: 30 }, (_, task) => pool.run(task, () => {})));
  t.deepEqual(warnings, []);
});

test("after close every task fails, and no thread is started for it", async (t) => {
  const pool = openPool(t, 1);
  t.is((await pool.run(1, () => {})).doubled, 2);
  await pool.close();
  await t.throwsAsync(
    pool.run(2, () => {}),
    { message: "The threads were ended." },
  );
});

test("where a thread does not start, the tasks that wait for it fail, and all that come", async (t) => {
  const pool = new WorkerPool<number, never, void>(new URL("./no-worker.js", import.meta.url), 1);
  t.teardown(() => pool.close());
  const run = (task: number) => pool.run(task, () => {});
  for (const tasks of [[1, 2], [3]])
    await Promise.all(
      tasks.map((task) => t.throwsAsync(run(task), { message: /^A thread failed: Cannot find module/ })),
    );
});

const carry = (error: Error) => unpackError(structuredClone(packError(error)));

test("an error of ours keeps its class, its words and its place between threads", (t) => {
  const { CrisscrossError, IndexError, ModelError, OptionError, OutputError, TrainingError } = errors;
  for (const Kind of [CrisscrossError, IndexError, ModelError, OptionError, OutputError, TrainingError]) {
    const carried = carry(new Kind("It is wrong.", { advice: "Mend it." }));
    t.is(carried.constructor, Kind);
    t.is(carried.message, "It is wrong. Mend it.");
  }
  const carried = carry(new errors.InputError({ path: "a.txt", line: 3 }, "is wrong."));
  t.true(carried instanceof errors.InputError);
  t.like(carried, { message: "a.txt, line 3: is wrong.", place: { path: "a.txt", line: 3 } });
});

test("whether the system is to blame for an input is still known", (t) => {
  const cause = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO", syscall: "read" });
  const ofTheSystem = carry(new errors.InputError({ path: "a" }, "cannot be read.", { cause }));
  t.like(ofTheSystem, { isOfTheSystem: true, cause: { code: "EIO", syscall: "read" } });
  t.like(carry(new errors.InputError({ path: "a" }, "is cut short.")), { isOfTheSystem: false });
});
