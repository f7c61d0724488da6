import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test from "ava";
import { crisscross } from "../cli/terminal.js";
import { hasPackages, PYTHON, trainingTests } from "./training.js";

const PACKAGES = [
  "torch",
  "transformers",
  "sentencepiece",
  "sacrebleu",
  "langcodes",
  "sentence_transformers",
  "onnxruntime",
];
const isThere = hasPackages(PACKAGES);
const hasPython = spawnSync(PYTHON, ["--version"]).status === 0;

const WORK = mkdtempSync(join(tmpdir(), "crisscross-seq2seq-"));
test.after.always(() => rmSync(WORK, { recursive: true }));
const at = (...names: string[]) => join(WORK, ...names);

const testTraining = trainingTests("seq2seq", isThere);

const ENV = { ...process.env, CRISSCROSS_THREADS: "1", HF_HUB_OFFLINE: "1" };
const SIZE = ["--vocabulary", "300", "--width", "32", "--layers", "1"];
const STEPS = ["--batch-tokens", "512", "--warmup", "5", "--validate-every", "10"];
const TEXTS = [at("town.en"), at("town.de")];
const PRETRAIN = ["pretrain.py", ...TEXTS, ...SIZE, ...STEPS];
const TRAIN = ["train.py", at("bitext"), at("start")];

const wordsOf = ([script, ...argv]: string[]) => [`pipelines/seq2seq/${script}`, ...argv];
const python = (words: string[], input = ""): SpawnSyncReturns<string> =>
  spawnSync(PYTHON, wordsOf(words), { encoding: "utf8", env: ENV, input });

/** Runs a script that is killed at a line: that of the second validation, before or after it keeps that; the first it kept. */
async function killed(words: string[], at = /^step 20 · held-out/): Promise<void> {
  const child = spawn(PYTHON, wordsOf(words), { env: ENV, stdio: ["ignore", "pipe", "ignore"] });
  const end = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) if (at.test(line)) child.kill("SIGKILL");
  if ((await end)[1] !== "SIGKILL") throw new Error("It ended before it was killed.");
}

const weightsOf = (folder: string) => readFileSync(join(folder, "translator", "model.safetensors"));
const linesOf = (language: string) => readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n");

test.before(() => {
  for (const language of ["de", "en"]) writeFileSync(at(`town.${language}`), linesOf(language).join("\n"));
  mkdirSync(at("bitext"));
  const gold = readFileSync("samples/town.de-en.gold", "utf8").trimEnd().split("\n");
  const [de, en] = [linesOf("de"), linesOf("en")];
  const pairs = gold.map((line) => line.split("\t").map((number) => Number(number) - 1));
  writeFileSync(at("bitext", "de-en.tsv"), pairs.map(([x, y]) => `${de[x]}\t${en[y]}\n`).join(""));
  for (const [side, lines] of [
    ["de", de],
    ["en", en],
  ] as const)
    writeFileSync(
      at(`test.${side}`),
      pairs
        .slice(0, 5)
        .map((pair) => lines[pair[side === "de" ? 0 : 1]])
        .join("\n"),
    );
});

(hasPython ? test : test.skip)("noise and drawing are as their formulas have them", (t) => {
  const { status, stderr } = spawnSync(PYTHON, ["test/pipelines/seq2seq_formulas.py"], { encoding: "utf8" });
  t.is(status, 0, stderr);
});

testTraining("scores are by the language's tokenizer, of lines as the files have them", (t) => {
  const { status, stderr } = spawnSync(PYTHON, ["test/pipelines/seq2seq_scores.py"], { encoding: "utf8" });
  t.is(status, 0, stderr);
});

testTraining("a translation is written on from the prefix that training gave the decoder", (t) => {
  const { status, stderr } = spawnSync(PYTHON, ["test/pipelines/seq2seq_decoding.py"], { encoding: "utf8" });
  t.is(status, 0, stderr);
});

testTraining("training that was killed goes on with its own settings only", (t) => {
  const { status, stderr } = spawnSync(PYTHON, ["test/pipelines/seq2seq_settings.py"], { encoding: "utf8" });
  t.is(status, 0, stderr);
});

testTraining("the learning rate rises over a tenth of training at most", (t) => {
  const { status, stderr } = spawnSync(PYTHON, ["test/pipelines/seq2seq_recipe.py"], { encoding: "utf8" });
  t.is(status, 0, stderr);
});

testTraining("pretraining that was killed goes on to the same weights, and leaves an encoder", async (t) => {
  const { status, stdout, stderr } = python([...PRETRAIN, "-o", at("start"), "--steps", "60"]);
  t.is(status, 0, stderr);
  t.regex(stdout, /least cosine with PyTorch: 1\.0000000/);
  await killed([...PRETRAIN, "-o", at("again"), "--steps", "60"]);
  t.false(existsSync(at("again")));
  const again = python([...PRETRAIN, "-o", at("again"), "--steps", "60"]);
  t.regex(again.stdout, /^goes on after step \d+$/m);
  t.deepEqual(weightsOf(at("again")), weightsOf(at("start")));
  t.deepEqual(
    readdirSync(WORK).filter((name) => name.includes("unfinished")),
    [],
  );
  const shown = await crisscross(["encoders", "show", at("start")]);
  t.is(shown.code, 0, shown.stderr);
  t.regex(shown.stdout, /^ *languages +de_DE, en_XX$/m);
});

testTraining(
  "training that was killed goes on to the same weights; what it translates is scored both ways",
  async (t) => {
    const how = ["--steps", "60", ...STEPS, "--translate-on", `de-en=${at("test.de")},${at("test.en")}`];
    const { status, stdout, stderr } = python([...TRAIN, at("trained"), ...how]);
    t.is(status, 0, stderr);
    t.regex(stdout, /^en→de: BLEU \d+\.\d · chrF \d+\.\d · BLEU nrefs:1\|.*tok:13a\|.*version:/m);
    const figures = JSON.parse(readFileSync(at("trained", "figures.json"), "utf8"));
    const names = ["de-en", "en-de"].flatMap((way) => [`BLEU ${way}`, `chrF ${way}`, `signature ${way}`]);
    t.deepEqual(Object.keys(figures), names);
    await killed([...TRAIN, at("trained-again"), ...how]);
    const again = python([...TRAIN, at("trained-again"), ...how]);
    t.regex(again.stdout, /^goes on after step \d+$/m);
    t.deepEqual(weightsOf(at("trained-again")), weightsOf(at("trained")));
    t.notDeepEqual(weightsOf(at("trained")), weightsOf(at("start")));
  },
);

testTraining("a round begins with what the round before trained, if that is asked for", (t) => {
  // A step of no length leaves the weights as they are.
  const how = ["--from", "before", "--steps", "1", "--learning-rate", "0", ...STEPS];
  const words = wordsOf([...TRAIN, at("after"), ...how]);
  const env = { ...ENV, CRISSCROSS_BEFORE: at("trained") };
  const { status, stderr } = spawnSync(PYTHON, words, { encoding: "utf8", env });
  t.is(status, 0, stderr);
  t.deepEqual(weightsOf(at("after")), weightsOf(at("trained")));
});

testTraining(
  "translations come in the order of the texts, and a text that is too long is cut and counted",
  (t) => {
    const texts = [linesOf("de")[0], "", "Haus ".repeat(200), linesOf("de")[1]];
    const together = python(["translate.py", at("trained"), "de", "en"], `${texts.join("\n")}\n`);
    t.is(together.status, 0, together.stderr);
    t.regex(together.stderr, /translate: 1 of 4 texts were cut to 128 tokens/);
    const lines = together.stdout.split("\n");
    t.deepEqual([lines.length, lines[1], lines[4]], [5, "", ""]);
    const alone = python(["translate.py", at("trained"), "de", "en"], `${texts[3]}\n`);
    t.is(alone.stdout, `${lines[3]}\n`);
  },
);

testTraining("training that is killed while it translates does not train again", async (t) => {
  const words = [...TRAIN, at("scored"), "--steps", "15", ...STEPS];
  const scored = [...words, "--translate-on", `de-en=${at("test.de")},${at("test.en")}`];
  await killed(scored, /^translates 5 lines of de into en$/);
  t.regex(python(scored).stdout, /^goes on after step 15$/m);
});

testTraining(
  "no line is translated into none, and output that is closed ends translating in silence",
  (t) => {
    const translate = ["translate.py", at("trained"), "de", "en"];
    const none = python(translate);
    t.deepEqual([none.status, none.stdout, none.stderr], [0, "", ""]);
    const input = `${linesOf("de")[0]}\n`;
    const words = [PYTHON, ...wordsOf(translate)];
    const closed = spawnSync("sh", ["-c", '"$@" | true', "sh", ...words], {
      encoding: "utf8",
      env: ENV,
      input,
    });
    t.deepEqual([closed.status, closed.stderr], [0, ""]);
  },
);

testTraining("refused: a translator that is nowhere, and lines that are no UTF-8", (t) => {
  const nowhere = python(["translate.py", at("trianed"), "de", "en"], "Haus\n");
  t.is(nowhere.status, 1);
  t.regex(
    nowhere.stderr,
    /^translate: .*trianed: is neither a folder nor a translator that the hub gave \(.*\)\n$/,
  );
  const words = wordsOf(["translate.py", at("trained"), "de", "en"]);
  const input = Buffer.from("Haus\n\xff\n", "latin1");
  const latin = spawnSync(PYTHON, words, { encoding: "utf8", env: ENV, input });
  t.is(latin.status, 1);
  t.regex(
    latin.stderr,
    /^translate: standard input, line 2: is no text in UTF-8 \(invalid start byte\)\.\n$/,
  );
});

testTraining(
  "refused: pretraining on a format, on a file that is not there, or with too many pieces",
  (t) => {
    const output = ["-o", at("none")];
    const table = python(["pretrain.py", "de-en.tsv.gz", ...output]);
    t.is(table.status, 2);
    t.regex(table.stderr, /de-en\.tsv\.gz is named after a format; expected .* such as de=de-en\.tsv\.gz\n$/);
    const absent = python(["pretrain.py", at("absent.de"), ...output]);
    t.regex(absent.stderr, /^pretrain: .*absent\.de: no such file; expected a file with a text a line\.\n$/);
    const many = python(["pretrain.py", ...TEXTS, "--vocabulary", "90000", ...output]);
    const says = /^pretrain: No vocabulary of 90000 pieces .* they make (\d+) at most: --vocabulary \1\.\n$/;
    t.regex(many.stderr, says);
  },
);

testTraining(
  "in the loop, each round's translator is trained on what was mined, and tells its BLEU",
  async (t) => {
    const sides = ["--text", `de=${TEXTS[1]}`, "--text", `en=${TEXTS[0]}`];
    const script = `'${PYTHON}' pipelines/seq2seq/train.py --steps 10 --translate-on 'de-en=${at("test.de")},${at("test.en")}'`;
    const start = ["--encoder", at("start"), "--first-round-encoder", "ngram", "--quantile", "0.1"];
    const how = [
      "--command",
      script,
      "--rounds",
      "1",
      "--run",
      at("run"),
      "--hub-limit",
      "260",
      "--threads",
      "1",
    ];
    const { code, stdout, stderr } = await crisscross(["criss", ...sides, ...start, ...how]);
    t.is(code, 0, stderr);
    t.regex(stdout, /^0 ngram /m);
    const { rounds } = JSON.parse((await crisscross(["criss", "status", at("run"), "--json"])).stdout);
    t.is(typeof rounds[1].told["BLEU de-en"], "number");
    const { status, stdout: made } = python(["translate.py", at("run"), "de", "en"], "Das Haus\n");
    t.deepEqual([status, made.split("\n").length], [0, 2]);
  },
);

function bitextOf(name: string, lines: string): string {
  const folder = at(`bitext-${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, name), lines);
  return folder;
}

for (const [what, name, lines, says] of [
  ["of one language", "de-de.tsv", "a\tb\n", /de-de\.tsv: is named after no two languages/],
  [
    "with one text in a line",
    "de-en.tsv",
    "a\tb\nc\t\n",
    /de-en\.tsv, line 2: has one text only; expected source⇥target/,
  ],
  ["without a pair", "nl-en.tsv", "", /has no pairs; expected files such as de-en\.tsv/],
  [
    "of a language without a code",
    "xx-en.tsv",
    "a\tb\n".repeat(50),
    /has no code of the language xx; it has de_DE, en_XX\. Name one by --code xx=CODE/,
  ],
  [
    "of a language that mBART knows and the start was not trained on",
    "fr-en.tsv",
    "a\tb\n".repeat(50),
    /has no code of the language fr; it has de_DE, en_XX\. Name one by --code fr=CODE/,
  ],
  ["of too few pairs", "en-de.tsv", "a\tb\n", /has too few pairs: expected 20 of two languages/],
] as const)
  testTraining(`refused: a bitext ${what}`, (t) => {
    const { status, stderr } = python(["train.py", bitextOf(name, lines), at("start"), at("none")]);
    t.is(status, 1);
    t.regex(stderr, says);
    t.notRegex(stderr, /Traceback/);
    t.false(existsSync(at("none")));
  });

testTraining(
  "a loss that is no number ends training, with the step, what to try and the weights before it",
  (t) => {
    const wild = ["--steps", "60", ...STEPS, "--learning-rate", "1e30"];
    const { status, stderr } = python([...TRAIN, at("wild"), ...wild]);
    t.is(status, 1);
    t.regex(
      stderr,
      /^train: step \d+: the loss is .*\. The weights before it are kept in .*wild\.unfinished\. Try a lower --learning-rate/m,
    );
    t.true(existsSync(at("wild.unfinished")));
    t.false(existsSync(at("wild")));
    const tame = ["--steps", "1", ...STEPS, "--smoothing", "0.1"];
    t.regex(
      python([...TRAIN, at("wild"), ...tame]).stdout,
      /wild\.unfinished: is of .* other settings; training begins anew/,
    );
  },
);

testTraining("a number that is none is refused before anything is read", (t) => {
  const { status, stderr } = python(["train.py", at("none"), at("none"), at("none"), "--steps", "0"]);
  t.is(status, 2);
  t.regex(stderr, /--steps: expected a whole number from 1, found 0/);
});

testTraining("a start without a translator is refused, with what to name", (t) => {
  const { status, stderr } = python(["train.py", at("bitext"), at("bitext"), at("none")]);
  t.is(status, 1);
  t.regex(
    stderr,
    /has no translator; expected a folder of transformers, or what pretrain\.py.* by --translator/,
  );
});

testTraining("a language's name and a token mean one language, unless they say two scripts", (t) => {
  const asked: [name: string, code: string, isMeant: boolean][] = [
    ["de", "deu_Latn", true],
    ["deu", "de_DE", true],
    ["ger", "__de__", true],
    ["mri_Latn", "mri_Latn", true],
    ["ar", "arb_Arab", true],
    ["zho_Hans", "zh_CN", true],
    ["zho_Hant", "zh_CN", false],
    ["sr", "hr_HR", false],
    ["chinese", "zh_CN", false],
  ];
  const ask = "import json, sys; from parts.languages import may_mean";
  const script = `${ask}; print(json.dumps([may_mean(*words[:2]) for words in json.loads(sys.argv[1])]))`;
  const { stdout, stderr } = spawnSync(PYTHON, ["-c", script, JSON.stringify(asked)], {
    encoding: "utf8",
    env: { ...ENV, PYTHONPATH: "pipelines:pipelines/seq2seq" },
  });
  t.is(stderr, "");
  t.deepEqual(
    JSON.parse(stdout),
    asked.map(([, , isMeant]) => isMeant),
  );
});

for (const script of ["train.py", "translate.py"])
  testTraining(`refused: ${script} with a code of no language`, (t) => {
    for (const told of ["en", "=eng_Latn", "en="]) {
      const { status, stderr } = python([script, at("none"), "de", "en", "--code", told]);
      t.is(status, 2);
      t.true(stderr.includes(`--code: expected LANGUAGE=CODE, such as en=eng_Latn, found ${told}\n`), stderr);
    }
  });

testTraining("refused: an export that is to be checked by a file which is not there", (t) => {
  const argv = ["pipelines/export-onnx.py", at("start", "translator"), at("checked"), "--check", at("none")];
  const { status, stderr } = spawnSync(PYTHON, argv, { encoding: "utf8", env: ENV });
  t.is(status, 1);
  t.regex(stderr, /^export-onnx: --check .*none: is not there; expected a file with a text a line\.$/m);
  t.false(existsSync(at("checked")));
});

testTraining("mBART-50, NLLB and M2M-100 are trained and translate", (t) => {
  const made = spawnSync(PYTHON, ["test/pipelines/seq2seq_translators.py", WORK], {
    encoding: "utf8",
    env: ENV,
  });
  t.is(made.status, 0, made.stderr);
  const pairs = "Das alte Haus\tThe old house\n".repeat(40);
  const sides = `${at("test.de")},${at("test.en")}`;
  for (const [name, source, target, ...codes] of [
    ["mbart50", "zh", "en"],
    ["nllb", "chinese", "english", "--code", "chinese=zho_Hans", "--code", "english=eng_Latn"],
    ["m2m100", "zh", "en"],
  ]) {
    const bitext = at(`pairs-${name}`);
    mkdirSync(bitext);
    writeFileSync(join(bitext, `${source}-${target}.tsv`), pairs);
    const how = ["--steps", "1", "--learning-rate", "1e-3", ...STEPS, "--beams", "2"];
    const scored = ["--translate-on", `${source}-${target}=${sides}`];
    const words = ["train.py", bitext, at("none"), at(`${name}-trained`), "--translator", at(name)];
    const { status, stdout, stderr } = python([...words, ...how, ...scored, ...codes]);
    t.is(status, 0, `${name}: ${stderr}`);
    t.regex(stdout, new RegExp(`^${target}→${source}: BLEU .*tok:zh`, "m"), name);
    const translate = ["translate.py", at(`${name}-trained`), source, target, "--beams", "2", ...codes];
    const translated = python(translate, "Das Haus\n");
    t.is(translated.status, 0, `${name}: ${translated.stderr}`);
    t.notRegex(translated.stdout, /_/, name);
  }
  const unclear = python([
    "train.py",
    at("pairs-m2m100"),
    at("none"),
    at("unclear"),
    "--translator",
    at("nllb"),
  ]);
  t.is(unclear.status, 1);
  t.regex(unclear.stderr, /has zho_Hans and zho_Hant for the language zh; .* Name one by --code zh=CODE/);
});
