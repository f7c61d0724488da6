import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openClassifier } from "../../../src/clean/language/fasttext/classify.js";
import { readModel } from "../../../src/clean/language/fasttext/read-model.js";
import { ModelError } from "../../../src/errors.js";
import { temporaryFolder } from "../../temporary-folder.js";

const FOLDER = "test/clean/language/models";

/** What fastText's Python package answers, by model; `make_models.py` wrote it. */
const answers = new Map<string, { label: string; score: number; text: string }[]>();
for (const row of readFileSync("test/clean/language/models.tsv", "utf8").trimEnd().split("\n")) {
  const [model, label, score, text] = row.split("\t");
  answers.set(model, [
    ...(answers.get(model) ?? []),
    { label, score: Number(score), text: JSON.parse(text) },
  ]);
}

for (const [name, expected] of answers)
  test(`${name} answers as it does in Python`, (t) => {
    const model = readModel(join(FOLDER, name));
    const { best, ofNothing } = openClassifier(model);
    t.true(expected.length > 20);
    for (const { label, score, text } of expected) {
      const found = best(text) ?? ofNothing;
      t.is(found && model.labels[found.label], label, text);
      t.true(Math.abs(found!.score - score) < 2e-6, `${text}: ${found!.score}, Python ${score}`);
    }
  });

test("a model can be handed to another thread, which reads the same memory", async (t) => {
  const model = readModel(join(FOLDER, "softmax-pruned.ftz"));
  const copy = structuredClone(model);
  const text = "Die Eisdecke auf dem Mühlteich ist laut Bauhof noch nicht tragfähig.";
  t.deepEqual(openClassifier(copy).best(text), openClassifier(model).best(text));
  const { words } = model;
  words.rows.fill(0);
  t.deepEqual(copy.words.rows, words.rows);
});

test("what is no classifier of fastText is refused by what it is", (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "lid.bin");
  const bytes = readFileSync(join(FOLDER, "one-vs-all.bin"));
  const changed = (at: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy.writeInt32LE(value, at);
    return copy;
  };
  for (const [content, message] of [
    [Buffer.from("\x80\x02}q\x00 a pickle"), /lid\.bin: is not a model of fastText\./],
    [Buffer.alloc(0), /is not a model of fastText/],
    [changed(4, 13), /is a fastText model of version 13; expected version 11 or 12/],
    [changed(8 + 4 * 7, 2), /is a fastText model of word vectors \(skipgram\); expected a classifier/],
    [changed(8 + 4 * 6, 9), /has a loss of unknown number 9/],
    [changed(8, 7), /is damaged: it has rows of 5 and 5 numbers; expected 7/],
    [bytes.subarray(0, 20), /is cut short.* ends after 20 bytes/],
    [bytes.subarray(0, bytes.length / 2), /is cut short/],
    [bytes.subarray(0, bytes.length - 1), /is cut short/],
  ] as const) {
    writeFileSync(path, content);
    t.throws(() => readModel(path), { instanceOf: ModelError, message }, String(message));
  }
  t.throws(() => readModel(join(folder, "none.bin")), { instanceOf: ModelError, message: /no such file/ });
  t.throws(() => readModel(folder), { instanceOf: ModelError, message: /is a folder/ });
});
