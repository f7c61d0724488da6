import { truncateSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { FileTexts, TextWriter } from "../../../src/store/corpus/file-texts.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** Of 0 to some 100,000 bytes, so that some are longer than what is read ahead. */
const TEXTS = Array.from(
  { length: 500 },
  (_, i) => `${i} ${"süß 東京 ".repeat(i % 97 === 0 ? 6000 : i % 40)}`,
);
const texts = TEXTS.map((text, index) => (index === 7 ? "" : text));

/** In three batches. */
async function write(path: string, all: readonly string[]): Promise<void> {
  await using writer = await TextWriter.open(path);
  for (const batch of [all.slice(0, 1), [], all.slice(1)]) await writer.append(batch);
  await writer.finish();
}

test("texts of a file are the same in whatever order they are asked for", async (t) => {
  const path = join(temporaryFolder(t), "texts.txt");
  await write(path, texts);
  const file = FileTexts.open(path);
  t.teardown(() => file.close());
  const orders = [
    [...TEXTS.keys()],
    [...TEXTS.keys()].reverse(),
    [...TEXTS.keys()].map((i) => (i * 7) % TEXTS.length),
    [3, 4, 5, 2, 3, 499, 0, 1, 2, 250, 251, 250],
  ];
  for (const order of orders) for (const index of order) t.is(file.get(index), texts[index]);
});

test("a file that is cut short gives what it has, and then an error with the place", async (t) => {
  const path = join(temporaryFolder(t), "texts.txt");
  await write(path, ["first", "second", "third"]);
  truncateSync(path, 15);
  const file = FileTexts.open(path);
  t.teardown(() => file.close());
  t.deepEqual([file.get(0), file.get(1)], ["first", "second"]);
  t.throws(() => file.get(2), { instanceOf: InputError, message: /byte 13: is cut short/ });
});
