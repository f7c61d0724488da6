import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { startKey } from "../../../src/jobs/train/starting-table.js";
import { copyOf, editJson, staticFolder } from "../../embed/folders.js";

test("two starts are the same only if table, tokenizer and configuration are", async (t) => {
  const from = copyOf(staticFolder("normalised"), t);
  const keys = [await startKey({ from: staticFolder("normalised") }), await startKey({ from })];
  t.deepEqual(keys[0], keys[1]);
  editJson(from, "config.json", { normalize: false });
  keys.push(await startKey({ from }));
  for (const name of ["tokenizer.json", "model.safetensors"]) {
    const path = join(from, name);
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from(" ")]));
    keys.push(await startKey({ from }));
  }
  t.is(new Set(keys.slice(1).map((key) => JSON.stringify(key))).size, 4);
});

test("a default that is given is the same as one that is not", async (t) => {
  t.deepEqual(await startKey({ from: "ngram" }), await startKey({ from: "ngram", dimensions: 256, seed: 0 }));
  t.notDeepEqual(await startKey({ from: "ngram" }), await startKey({ from: "ngram", seed: 1 }));
});
