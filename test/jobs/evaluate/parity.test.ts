import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { evaluateParity } from "../../../src/jobs/evaluate/parity.js";
import { cosinesOfRows } from "../../../src/search/cosines-of-rows.js";
import { copyOf, editJson, staticFolder, TRANSFORMER } from "../../embed/folders.js";
import { temporaryFolder } from "../../temporary-folder.js";

function writeText(folder: string, text: string): string {
  const path = join(folder, "text.txt");
  writeFileSync(path, text);
  return path;
}

test("parity gives the mean and the least cosine between two variants, and the line that is least alike", async (t) => {
  const text = writeText(temporaryFolder(t), "the mill\n\nriver\n");
  const { rows, conditions } = await evaluateParity(TRANSFORMER, TRANSFORMER, text, {
    variant: "model",
    otherVariant: "positions",
  });
  // Tokens 1 3 4 2 and 1 7 2 have means (2.5, 1) and (10/3, 1); their positions (1.5, 1) and (1, 1).
  const cosine = (x: number, y: number) => (x * y + 1) / Math.hypot(x, 1) / Math.hypot(y, 1);
  const [mill, river] = [cosine(2.5, 1.5), cosine(10 / 3, 1)];
  const { figures } = rows[0];
  t.true(Math.abs(figures["cosine mean"].value - (mill + river) / 2) < 1e-6);
  t.true(Math.abs(figures["cosine minimum"].value - river) < 1e-6);
  t.is(conditions["least alike"], "line 3");
  t.is(conditions.sentences, 2);
});

test("zeros in both do not count, zeros in one count as the cosine 0", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  // Without special tokens, what the normaliser drops gives no token at all.
  const clean = { type: "BertNormalizer", clean_text: true, handle_chinese_chars: false, lowercase: false };
  editJson(copy, "tokenizer.json", { post_processor: null, normalizer: { ...clean, strip_accents: null } });
  const text = writeText(temporaryFolder(t), "mill\n\u200b\nriver\n");
  const { rows, conditions } = await evaluateParity(copy, copy, text, { variant: "model" });
  t.is(rows[0].figures["cosine mean"].value, 1);
  t.deepEqual([conditions.sentences, conditions["without vectors"]], [3, 1]);
  t.deepEqual(
    [...cosinesOfRows(Float32Array.of(0, 0, 0, 0, 3, 4), Float32Array.of(0, 0, 1, 0, 4, 3), 2)],
    [Number.NaN, 0, 24 / 25],
  );
  const nothing = writeText(temporaryFolder(t), "\u200b\n");
  await t.throwsAsync(evaluateParity(copy, copy, nothing), {
    instanceOf: InputError,
    message: /has no sentence that both encoders give a vector/,
  });
});

test("a stream is read, and what either encoder cuts is told", async (t) => {
  const text = Readable.from([Buffer.from(`\n${"the ".repeat(9)}\nmill\n`)]);
  const warnings: string[] = [];
  const { conditions } = await evaluateParity(TRANSFORMER, TRANSFORMER, text, {
    variant: "model",
    otherVariant: "positions",
    onEvent: (event) => event.kind === "warning" && warnings.push(event.message),
  });
  t.is(warnings.length, 2);
  t.regex(warnings[0], /standard input, transformer-model-.*: 1 sentence is longer than the encoder takes/);
  t.is(conditions["least alike"], "line 3");
});

test("vectors of different sizes, encoders that are fitted and texts without a sentence are refused", async (t) => {
  const text = writeText(temporaryFolder(t), "the mill\n");
  await t.throwsAsync(evaluateParity(TRANSFORMER, staticFolder("normalised"), text), {
    instanceOf: OptionError,
    message: /vectors of 2 numbers, .* of 6/,
  });
  await t.throwsAsync(evaluateParity(TRANSFORMER, "ngram", text), {
    instanceOf: OptionError,
    message: /ngram.* is fitted/,
  });
  await t.throwsAsync(evaluateParity(TRANSFORMER, TRANSFORMER, writeText(temporaryFolder(t), "\n")), {
    instanceOf: InputError,
    message: /has no sentences/,
  });
});
