import test from "ava";
import { InputError, OutputError } from "../../src/errors.js";
import { WorkerPool } from "../../src/runtime/worker-pool.js";

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
