import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { encodeGraph } from "../../src/runtime/graph.js";
import { type Session, Tensor } from "../../src/runtime/session.js";
import { openSessionTeam } from "../../src/runtime/session-team/session-team.js";
import { temporaryFolder } from "../temporary-folder.js";

/** y = |x|, by a file, since each thread opens it for itself. */
async function openAbs(t: ExecutionContext, threads: number): Promise<Session> {
  const path = join(temporaryFolder(t), "model.onnx");
  writeFileSync(
    path,
    encodeGraph({
      inputs: [{ name: "x", type: "float32", shape: ["n"] }],
      nodes: [{ operator: "Abs", inputs: ["x"], outputs: ["y"] }],
      outputs: [{ name: "y", type: "float32", shape: ["n"] }],
    }),
  );
  return openSessionTeam(path, threads);
}

const feed = (number: number) => ({ x: new Tensor("float32", Float32Array.of(-number, number), [2]) });
const RUNS = Array.from({ length: 24 }, (_, i) => i + 1);

test("each of many runs gives what its own inputs make, whichever thread does it", async (t) => {
  const session = await openAbs(t, 2);
  const outputs = await Promise.all(RUNS.map((number) => session.run(feed(number))));
  t.deepEqual(
    outputs.map(({ y }) => [...((y as Tensor).data as Float32Array)]),
    RUNS.map((number) => [number, number]),
  );
  t.true(outputs.every(({ y }) => y instanceof Tensor));
  await session.close();
});

test("what a model does not take is told by the runs of every thread", async (t) => {
  const session = await openAbs(t, 2);
  for (const result of await Promise.allSettled(RUNS.map(() => session.run({}))))
    t.regex(String((result as PromiseRejectedResult).reason), /'x' is missing/);
  await session.close();
});

test("closing waits for the runs that have begun", async (t) => {
  const session = await openAbs(t, 2);
  const runs = RUNS.map((number) => session.run(feed(number)));
  await session.close();
  t.is((await Promise.allSettled(runs)).filter(({ status }) => status === "fulfilled").length, RUNS.length);
});

test("no run begins once closing has begun, so that no thread is ended while it runs", async (t) => {
  const session = await openAbs(t, 2);
  await Promise.all(RUNS.map((number) => session.run(feed(number))));
  let ended = 0;
  const lanes = RUNS.slice(0, 4).map(async (number) => {
    for (;;) {
      await session.run(feed(number));
      ended++;
    }
  });
  const closed = session.close();
  const before = ended;
  for (const lane of await Promise.allSettled(lanes))
    t.regex(String((lane as PromiseRejectedResult).reason), /model\.onnx: is closed\.$/);
  await closed;
  t.is(ended - before, 4, "those that had begun");
});
