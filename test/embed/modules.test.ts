import test, { type ExecutionContext } from "ava";
import { MODULE_FOLDERS, moduleFolder, open } from "./folders.js";

for (const name of MODULE_FOLDERS)
  test(`${name}: every vector is within 1e-4 of sentence-transformers`, async (t) => {
    const { folder, reference } = moduleFolder(name, t);
    const { texts, vectors, tasks = {} } = reference;
    compare(t, await (await open(folder, t)).encode(texts), vectors);
    for (const [task, expected] of Object.entries(tasks))
      compare(t, await (await open(folder, t, { task })).encode(texts), expected);
    const [source, target] = Object.keys(tasks);
    if (target === undefined) return;
    const sides = await open(folder, t, { task: source, targetTask: target });
    compare(t, await sides.encode(texts, { side: "target" }), tasks[target]);
    compare(t, await sides.encode(texts), tasks[source]);
  });

function compare(t: ExecutionContext, vectors: Float32Array, rows: number[][]): void {
  const expected = rows.flat();
  t.is(vectors.length, expected.length);
  const differences = expected.map((value, i) => Math.abs(value - vectors[i]));
  t.true(Math.max(...differences) < 1e-4, `off by ${Math.max(...differences)}`);
}
