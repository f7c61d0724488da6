import test from "ava";
import { MODULE_FOLDERS, moduleFolder, open } from "./folders.js";

for (const name of MODULE_FOLDERS)
  test(`${name}: every vector is within 1e-4 of sentence-transformers`, async (t) => {
    const { folder, reference } = moduleFolder(name, t);
    const vectors = await (await open(folder, t)).encode(reference.texts);
    const expected = reference.vectors.flat();
    t.is(vectors.length, expected.length);
    const differences = expected.map((value, i) => Math.abs(value - vectors[i]));
    t.true(Math.max(...differences) < 1e-4, `off by ${Math.max(...differences)}`);
  });
