import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openTable } from "../../src/embed/static/open-table.js";
import { writeStaticFolder } from "../../src/embed/static/write-static-folder.js";
import { ModelError } from "../../src/errors.js";
import { temporaryFolder } from "../temporary-folder.js";
import { open, staticFolder } from "./folders.js";

test("a folder that does more than normalise is refused by what it does", async (t) => {
  await t.throwsAsync(openTable(staticFolder("adapted")), {
    instanceOf: ModelError,
    message: /does more with a vector than normalise it \(.*dense.*\)/i,
  });
});

test("a tokenizer that cuts texts is taken without that", async (t) => {
  const folder = staticFolder("truncated");
  t.truthy(JSON.parse(readFileSync(join(folder, "tokenizer.json"), "utf8")).truncation);
  const { tokenizer } = await openTable(folder);
  t.is(JSON.parse(tokenizer).truncation, null);
});

for (const name of ["sentence-transformers", "truncated", "wordpiece", "normalised"])
  test(`${name}: a text's pieces are those that the folder written of it will use`, async (t) => {
    const { values, dimensions, tokenizer, piecesOf } = await openTable(staticFolder(name));
    const path = join(temporaryFolder(t), "copy");
    await writeStaticFolder(path, {
      rows: values.length / dimensions,
      dimensions,
      blocks: [values],
      tokenizer,
      tokenizerName: name,
      card: "",
    });
    const texts = ["the mill 日本 ☃", "grain", "river corn by the mill"];
    const vectors = await (await open(path, t)).encode(texts);
    for (const [i, pieces] of (await piecesOf(texts)).entries()) {
      const sum = new Float64Array(dimensions);
      for (const piece of pieces)
        for (let j = 0; j < dimensions; j++) sum[j] += values[piece * dimensions + j];
      const length = Math.hypot(...sum) || 1;
      t.true(sum.every((value, j) => Math.abs(value / length - vectors[i * dimensions + j]) < 1e-5));
    }
  });
