import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test, { type ExecutionContext } from "ava";
import { blendEncoders } from "../../src/embed/blend.js";
import { encoderLanguages } from "../../src/embed/languages.js";
import { InputError, ModelError, OptionError, TrainingError } from "../../src/errors.js";
import { align } from "../../src/jobs/align/align.js";
import { criss } from "../../src/jobs/criss/criss.js";
import type { CrissOptions } from "../../src/jobs/criss/options.js";
import { distil } from "../../src/jobs/distil/distil.js";
import { embedFile } from "../../src/jobs/embed/embed-file.js";
import { evaluateBucc } from "../../src/jobs/evaluate/bucc.js";
import { findBuccTasks } from "../../src/jobs/evaluate/bucc-tasks.js";
import { evaluateParity } from "../../src/jobs/evaluate/parity.js";
import { evaluateTatoeba } from "../../src/jobs/evaluate/tatoeba.js";
import { evaluateXsimFolder } from "../../src/jobs/evaluate/xsim-folder.js";
import { mine } from "../../src/jobs/mine.js";
import type { Encoder } from "../../src/types/encoder.js";
import { crisscross } from "../cli/terminal.js";
import { open } from "../embed/folders.js";
import { temporaryFolder } from "../temporary-folder.js";
import { letterEncoder } from "./letter-encoder.js";

const MBART = resolve("test/pipelines/translators/mbart");
const BOTH = { encoder: MBART, language: "de", targetLanguage: "en" };
const FILES = ["samples/town.de", "samples/town.en"] as const;
const linesOf = (path: string) => readFileSync(path, "utf8").split("\n").slice(0, 40);
const TOWN = [linesOf(FILES[0]), linesOf(FILES[1])] as const;

/** An encoder that has to be told languages, and notes which it is told of texts. */
function listener(): Encoder & { heard: Record<string, Set<string>> } {
  const heard: Record<string, Set<string>> = {};
  const letters = letterEncoder();
  const languages = encoderLanguages("listener", ["de_DE", "en_XX", "fr_XX"], {})!;
  return {
    ...letters,
    heard,
    languages,
    encode: (texts, options = {}) => {
      const code = languages.codeOf(options.side ?? "source", options.language);
      heard[code] = new Set([...(heard[code] ?? []), ...texts]);
      return letters.encode(texts);
    },
  };
}

function folderOf(t: ExecutionContext, files: Record<string, string>): string {
  const folder = temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

async function all<T>(given: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of given) found.push(one);
  return found;
}

test("mine embeds each side in its language: the pairs are those of files embedded in these languages", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, `${name}.npy`);
  await embedFile(FILES[0], at("de"), { encoder: MBART, language: "de" });
  await embedFile(FILES[1], at("en"), { encoder: MBART, language: "en" });
  await embedFile(FILES[1], at("fr"), { encoder: MBART, language: "fr" });
  const pairs = await all(mine(...FILES, BOTH));
  t.deepEqual(await all(mine(at("de"), at("en"))), pairs);
  t.notDeepEqual(await all(mine(at("de"), at("fr"))), pairs);
  // A side that has its vectors needs no language.
  t.deepEqual(await all(mine(at("de"), FILES[1], { encoder: MBART, targetLanguage: "en" })), pairs);
});

test("mine and embed refuse to begin without a language, and keep nothing", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const refused = await t.throwsAsync(all(mine(...TOWN, { encoder: MBART, language: "de", run })), {
    instanceOf: OptionError,
    message:
      /told the language of the target's texts; it has ar_AR, .*zh_CN\. Give one of them as targetLanguage/,
  });
  t.truthy(refused);
  t.false(existsSync(join(run, "source.npy")));
  const output = join(temporaryFolder(t), "de.npy");
  await t.throwsAsync(embedFile(TOWN[0], output, { encoder: MBART }), { instanceOf: OptionError });
  t.false(existsSync(output));
});

test("a run whose language is another embeds that side again", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const kept = async (language: string) => {
    await all(mine(...TOWN, { ...BOTH, language, run }));
    return JSON.parse(readFileSync(join(run, "source.npy.json"), "utf8")).language;
  };
  t.deepEqual([await kept("de"), await kept("fr")], ["de_DE", "fr_XX"]);
});

test("parts of a text in two languages are not taken as one", async (t) => {
  const folder = temporaryFolder(t);
  const text = join(folder, "text");
  writeFileSync(text, Array.from({ length: 2050 }, (_, i) => `${i}\n`).join(""));
  for (const [number, language] of [
    [1, "de"],
    [2, "en"],
  ] as const)
    await embedFile(text, join(folder, `${number}.npy`), {
      encoder: MBART,
      language,
      part: { number, of: 2 },
    });
  await t.throwsAsync(all(mine(join(folder, "*.npy"), text, { encoder: MBART, targetLanguage: "en" })), {
    instanceOf: InputError,
    message: /is of language en_XX, but .* is of de_DE/,
  });
});

test("the loop tells the languages that its texts are named by, also to what a program trained", async (t) => {
  const program = join(temporaryFolder(t), "train.mjs");
  const leave = (folder: string) =>
    writeFileSync(
      program,
      `#!${process.execPath}
import { cpSync } from "node:fs";
const [start, made] = process.argv.slice(-2);
cpSync(${folder}, made, { recursive: true });
`,
      { mode: 0o755 },
    );
  leave("start");
  const options: Partial<CrissOptions> = { encoder: MBART, rounds: 1, threads: 1, hubLimit: 260 };
  const loop = async (texts: Record<string, string[]>, more: Partial<CrissOptions>) => {
    const run = join(temporaryFolder(t), "run");
    const rounds = await all(criss(texts, { ...options, ...more, run }));
    return { rounds, run };
  };
  const command = [program];
  for (const how of [{ trainer: "adapter" as const }, { command }, { command, tune: [0.5, 0.2] }]) {
    const { rounds, run } = await loop({ de: TOWN[0], en: TOWN[1] }, how);
    t.is(rounds.length, 2);
    t.is((await open(run, t)).languages?.codeOf("source", "de"), "de_DE");
    // The same texts under another name are other vectors.
    const other = await loop({ fr: TOWN[0], en: TOWN[1] }, how);
    t.notDeepEqual(rounds[0].pairs["de-en"].margins, other.rounds[0].pairs["fr-en"].margins);
  }
  leave(JSON.stringify(resolve("test/pipelines/translators/nllb")));
  await t.throwsAsync(loop({ de: TOWN[0], en: TOWN[1] }, { command }), {
    instanceOf: TrainingError,
    message: /left no encoder that can be used: .* has no language "de"; it has eng_Latn, /,
  });
  const run = join(temporaryFolder(t), "run");
  await t.throwsAsync(all(criss({ deu: TOWN[0], mri: TOWN[1] }, { ...options, run })), {
    instanceOf: OptionError,
    message: /mbart: has no language "mri"; it has /,
  });
  t.false(existsSync(run));
});

test("an evaluation over a folder tells the languages of its files, and takes none", async (t) => {
  const folder = folderOf(t, { "deu_Latn.dev": "eins\nzwei\n", "eng_Latn.dev": "one\ntwo\n" });
  for (const evaluate of [evaluateTatoeba, evaluateXsimFolder]) {
    const encoder = listener();
    await evaluate(folder, { encoder });
    t.deepEqual(encoder.heard, { de_DE: new Set(["eins", "zwei"]), en_XX: new Set(["one", "two"]) });
    await t.throwsAsync(evaluate(folder, BOTH), {
      instanceOf: OptionError,
      message: /language, targetLanguage: the texts of .* are named by their languages\. Leave them out/,
    });
  }
  const unknown = folderOf(t, { "mri_Latn.dev": "tahi\n", "eng_Latn.dev": "one\n" });
  await t.throwsAsync(evaluateXsimFolder(unknown, { encoder: listener() }), {
    instanceOf: OptionError,
    message: /listener: has no language "mri_Latn"; it has /,
  });
});

test("tasks of a folder tell their languages, and files take those that are given", async (t) => {
  const folder = folderOf(t, {
    "de-en.dev.de": "1\teins\n2\tzwei\n",
    "de-en.dev.en": "7\tone\n8\ttwo\n",
    "de-en.dev.gold": "1\t7\n2\t8\n",
  });
  const tasks = await findBuccTasks(folder);
  const encoder = listener();
  await evaluateBucc(tasks, { encoder });
  t.deepEqual(encoder.heard, { de_DE: new Set(["eins", "zwei"]), en_XX: new Set(["one", "two"]) });
  await t.throwsAsync(evaluateBucc(tasks, BOTH), { message: /are named by their languages/ });
  const { languages: _, ...unnamed } = tasks[0];
  const { rows } = await evaluateBucc([unnamed], {
    ...BOTH,
    against: resolve("test/pipelines/translators/mbart50"),
  });
  t.is(rows.length, 1);
});

test("parity, align and a blend are told languages, too; what cannot be told is refused", async (t) => {
  const lines = ["The mill", "A bridge", "A road"];
  const parity = await evaluateParity(MBART, MBART, lines, { language: "en" });
  t.is(parity.rows[0].figures["cosine minimum"].value.toFixed(5), "1.00000");
  await t.throwsAsync(evaluateParity(MBART, MBART, lines), { instanceOf: OptionError });
  const encoder = await open(MBART, t, { language: "en" });
  t.throws(() => blendEncoders(letterEncoder(), encoder, 0.3), {
    instanceOf: OptionError,
    message: /has to be told the language of a text, but blend opens it without/,
  });
  t.is(blendEncoders(encoder, letterEncoder(), 0.3).languages?.codeOf("source"), "en_XX");
  await t.throwsAsync(all(align(lines, lines, { encoder: MBART, language: "en" })), {
    instanceOf: OptionError,
    message: /told the language of the target's texts/,
  });
  t.true((await all(align(lines, lines, { ...BOTH }))).length >= 3);
  await t.throwsAsync(distil(MBART, join(temporaryFolder(t), "table")), {
    instanceOf: ModelError,
    message: /a piece of its vocabulary may be of any/,
  });
});

test("commands take languages as options, and encoders show tells them", async (t) => {
  const shown = await crisscross(["encoders", "show", MBART]);
  t.regex(shown.stdout, /^language code +the last token of a text, as --language says$/m);
  t.regex(shown.stdout, /^languages +ar_AR, cs_CZ, .*zh_CN$/m);
  const json = await crisscross(["encoders", "show", resolve("test/pipelines/translators/nllb"), "--json"]);
  t.deepEqual(JSON.parse(json.stdout).languages, {
    codes: ["eng_Latn", "wol_Latn", "zho_Hans", "zho_Hant"],
    place: "first",
  });
  const untold = await crisscross(["mine", ...FILES, "--encoder", MBART]);
  t.is(untold.code, 2);
  t.regex(untold.stderr, /it has ar_AR, .*zh_CN\. Give one of them as --language\./);
  const told = await crisscross([
    ...["mine", ...FILES, "--encoder", MBART, "--language", "de", "--target-language", "en_XX"],
  ]);
  t.is(told.code, 0, told.stderr);
  t.regex(told.stderr, /languages de_DE and en_XX/);
  const none = await crisscross(["embed", FILES[0], "--language", "de", "-o", "de.npy"]);
  t.is(none.code, 2);
  t.regex(none.stderr, /--language de says nothing to .*builtin, which is not told/);
});
