import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { hashedTokenizer } from "../../../src/embed/ngram/hashed-tokenizer.js";
import { writeStaticFolder } from "../../../src/embed/static/write-static-folder.js";
import { randomNumbers } from "../../random.js";

const START = mkdtempSync(join(tmpdir(), "crisscross-start-"));
test.after.always(() => rmSync(START, { recursive: true }));

/** A table of hashed n-grams like that of `ngram`, but of few rows. */
export const smallStart = once(async () => {
  const [rows, dimensions] = [4096, 32];
  const next = randomNumbers(1);
  const values = Float32Array.from({ length: rows * dimensions }, () => next() - 0.5);
  const folder = join(START, "small");
  const settings = { centre: true };
  const tokenizer = { tokenizer: hashedTokenizer(rows), tokenizerName: "small" };
  await writeStaticFolder(folder, { rows, dimensions, blocks: [values], settings, ...tokenizer, card: "" });
  return folder;
});

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
