import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { ExtractedSentence, ExtractSentencesOptions, Input } from "../../../src/index.js";
import { extract } from "../../../src/jobs/extract/extract.js";
import { extractSentences } from "../../../src/jobs/extract/extract-sentences.js";
import { mine } from "../../../src/jobs/mine.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

const DUMP = "samples/town.warc.gz";

async function sentencesOf(inputs: readonly Input[], options?: ExtractSentencesOptions) {
  const found: ExtractedSentence[] = [];
  for await (const sentence of extractSentences(inputs, options)) found.push(sentence);
  return found;
}

test("sentences are those that extract writes, with all that their lines have, and the same counts", async (t) => {
  const output = join(temporaryFolder(t), "out");
  const { outputs, ...expected } = await extract([DUMP, DUMP], output, {
    compression: "none",
    nearDuplicates: 0.9,
  });
  let counts: object | undefined;
  const onSummary: ExtractSentencesOptions["onSummary"] = (summary) => {
    counts = summary;
  };
  const found = await sentencesOf([DUMP, DUMP], { nearDuplicates: 0.9, onSummary });
  for (const name of Object.keys(outputs)) {
    const lines = readFileSync(join(output, name), "utf8").trimEnd().split("\n");
    t.deepEqual(
      found.filter(({ language }) => `${language}.jsonl` === name),
      lines.map((line) => JSON.parse(line)),
    );
  }
  t.deepEqual(counts, expected);
  t.like(found[0], { file: DUMP, block: 1, sentence: 1 });
});

test("sentences go to mine as they are, with their addresses", async (t) => {
  const encoder = letterEncoder(16);
  const sentences = async function* (language: string) {
    for await (const sentence of extractSentences([DUMP], { languages: [language] })) yield sentence;
  };
  const options = { encoder, read: { fields: ["url"] } };
  for await (const { source } of mine(sentences("de"), sentences("en"), options)) {
    t.regex(source.fields?.url[0] ?? "", /^https?:/);
    return;
  }
  t.fail("nothing was mined");
});

test.serial(
  "the folder of an extraction that is broken off goes away, and of none that is left it says why",
  async (t) => {
    const folder = temporaryFolder(t);
    const { TMPDIR = tmpdir() } = process.env;
    process.env.TMPDIR = folder;
    try {
      for await (const _ of extractSentences([DUMP])) break;
      t.deepEqual(readdirSync(folder), []);
    } finally {
      process.env.TMPDIR = TMPDIR;
    }
    await t.throwsAsync(() => sentencesOf([DUMP], { languages: ["sw"] }), {
      instanceOf: InputError,
      message: /no sentence is left of .* records \(.*\); nothing is given/,
    });
    await t.throwsAsync(() => sentencesOf([DUMP], { compression: "gz" } as never), {
      instanceOf: OptionError,
      message: /^extractSentences has no option compression/,
    });
  },
);
