import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { InputError, ModelError, OptionError } from "../../../src/errors.js";
import { extract } from "../../../src/jobs/extract/extract.js";
import type {
  ExtractedSentence,
  ExtractSentencesOptions,
} from "../../../src/jobs/extract/extract-sentences.js";
import { extractSentences } from "../../../src/jobs/extract/extract-sentences.js";
import { mine } from "../../../src/jobs/mine.js";
import type { Input } from "../../../src/read/input.js";
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

const MODEL = "test/clean/language/models/softmax-pruned.ftz";
const GERMAN = "Die Eisdecke auf dem Mühlteich ist laut Bauhof noch nicht tragfähig.";
const ENGLISH = "The ferry to Larkmoor runs only three times on Sundays.";

test("a model of one's own tells the languages of sentences, and knows no other language", async (t) => {
  const folder = temporaryFolder(t);
  const input = join(folder, "page.txt");
  writeFileSync(input, `${GERMAN}\n\n${ENGLISH}\n`);
  const options = { languageModel: MODEL, outputFormat: "txt", compression: "none" } as const;
  const { languages } = await extract([input], join(folder, "out"), {
    ...options,
    languages: ["deu", "eng"],
  });
  t.deepEqual(Object.keys(languages).sort(), ["de", "en"]);
  t.is(readFileSync(join(folder, "out", "de.txt"), "utf8"), `${GERMAN}\n`);
  await t.throwsAsync(extract([input], join(folder, "no"), { ...options, languages: ["cs"] }), {
    instanceOf: OptionError,
    message: /"cs" is not a language that can be identified/,
  });
  await t.throwsAsync(extract([input], join(folder, "no"), { languageModel: input }), {
    instanceOf: ModelError,
    message: /page\.txt: is not a model of fastText/,
  });
});

for (const label of ["../../ev", "sci/tech", ".hidden_", "C:\\files", "a\u0001b_cde"])
  test(`sentences are written into no file that is named ${JSON.stringify(label)} after a model's label`, async (t) => {
    const folder = temporaryFolder(t);
    const [input, model] = [join(folder, "page.txt"), join(folder, "model.bin")];
    writeFileSync(input, `${GERMAN}\n\n${ENGLISH}\n`);
    writeFileSync(model, readFileSync(MODEL).toString("latin1").replaceAll("eng_Latn", label), "latin1");
    await t.throwsAsync(extract([input], join(folder, "out"), { languageModel: model }), {
      instanceOf: ModelError,
      message: `${model}: no file can be named after its label ${JSON.stringify(label)}, but each label's sentences are written into a file of that name. Name the languages to keep with languages, or train it with labels of letters, digits, - and _.`,
    });
    t.deepEqual(readdirSync(folder).sort(), ["model.bin", "page.txt"]);
    const options = {
      languageModel: model,
      languages: ["de"],
      outputFormat: "txt",
      compression: "none",
    } as const;
    const { languages } = await extract([input], join(folder, "out"), options);
    t.deepEqual(Object.keys(languages), ["de"]);
    await t.throwsAsync(extract([input], join(folder, "no"), { ...options, languages: ["eng"] }), {
      instanceOf: OptionError,
      message: /"eng" is not a language that can be identified/,
    });
  });
