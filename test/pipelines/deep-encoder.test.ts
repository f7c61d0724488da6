import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
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
import { fromFloat16s } from "../../src/store/arrays/float16.js";
import { readNpy } from "../../src/store/arrays/npy-file.js";
import { crisscross } from "../cli/terminal.js";
import { hasPackages, PYTHON, trainingTests } from "./training.js";

const PACKAGES = [
  "torch",
  "numpy",
  "safetensors",
  "tokenizers",
  "onnx",
  "onnxruntime",
  "sentence_transformers",
];
const isThere = hasPackages(PACKAGES);

const WORK = mkdtempSync(join(tmpdir(), "crisscross-deep-"));
test.after.always(() => rmSync(WORK, { recursive: true }));
const at = (...names: string[]) => join(WORK, ...names);

const testTraining = trainingTests("deep-encoder", isThere);

const ENV = { ...process.env, CRISSCROSS_THREADS: "1" };
const SIZE = ["--width", "32", "--batch", "32", "--group", "8", "--cluster", "32", "--piece-dropout", "0.2"];
const HOW = [...SIZE, "--steps", "100", "--layers-rate", "1e-2", "--measure", "de"];
const python = (words: string[]): SpawnSyncReturns<string> =>
  spawnSync(PYTHON, words, { encoding: "utf8", env: ENV });
const wordsOf = (output: string, how: readonly string[] = HOW, pairs = "en-de.tsv") => {
  const files = [at(pairs), "--start", at("start"), "-o", at(output)];
  return ["pipelines/deep-encoder/train.py", ...files, ...how];
};

test.before((t) => {
  if (!isThere) return;
  t.timeout(600_000);
  const made = python(["test/pipelines/deep_encoder_start.py", WORK]);
  if (made.status !== 0) throw new Error(made.stderr);
});

const FILES = ["model.safetensors", "model.onnx", "model_quantized.onnx", "static/model.safetensors"];
let told = "";
const filesOf = (folder: string) => FILES.map((name) => readFileSync(at(folder, name)));

testTraining(
  "training that was killed goes on to the same encoder, and drops what was unfinished",
  async (t) => {
    const whole = python(wordsOf("whole"));
    told = whole.stdout;
    t.is(whole.status, 0, whole.stderr);
    t.regex(
      whole.stdout,
      /^175 pairs of 350 texts, \d+ of them held out; left out: none; cut to 128 pieces: 0 texts$/m,
    );
    t.regex(whole.stdout, /^100 steps /m);
    // It is kept after each step that the killed one took.
    const words = wordsOf("killed", [...HOW, "--save-minutes", "0.001"]);
    const child = spawn(PYTHON, words, { env: ENV, stdio: ["ignore", "pipe", "inherit"] });
    const end = once(child, "exit");
    for await (const line of createInterface({ input: child.stdout }))
      if (/clusters of/.test(line)) {
        while (!existsSync(at("killed.work", "killed.unfinished"))) await new Promise(setImmediate);
        child.kill("SIGKILL");
      }
    t.is((await end)[1], "SIGKILL");
    t.false(existsSync(at("killed")));
    const again = python(words);
    t.is(again.status, 0, again.stderr);
    const [, step] = /^goes on after step (\d+)$/m.exec(again.stdout)!;
    t.true(Number(step) < 100, step);
    t.deepEqual(filesOf("killed"), filesOf("whole"));
    t.false(readdirSync(at("killed.work")).includes("killed.unfinished"));
  },
);

testTraining("both losses fall, and the encoder tells how it was trained", (t) => {
  const losses = /^step 100 · loss static ([\d.]+).* deep ([\d.]+)/m.exec(told)!.slice(1).map(Number);
  // Of 32 pairs, chance has ln 32 = 3.47.
  for (const loss of losses) t.true(loss < 0.35, told);
  const { training } = JSON.parse(readFileSync(at("whole", "config.json"), "utf8"));
  t.is(training.progress.step, 100);
  t.deepEqual(Object.keys(training.heldOut.de), ["static", "deep"]);
});

testTraining("at first the deep encoder is the static one; moved, its vectors are PyTorch's", async (t) => {
  const texts = at("texts.de");
  const lines = readFileSync("samples/town.de", "utf8").split("\n").slice(0, 100);
  writeFileSync(texts, [...lines, "Haus ".repeat(200)].join("\n"));
  const made = python(["test/pipelines/deep_encoder_vectors.py", WORK, texts]);
  t.is(made.status, 0, made.stderr);
  const embed = async (name: string, ...how: string[]) => {
    const path = at("vectors.npy");
    rmSync(path, { force: true });
    const { code, stderr } = await crisscross(["embed", texts, "--encoder", at(name), ...how, "-o", path]);
    t.is(code, 0, stderr);
    return readNpy(path) as Float32Array;
  };
  const expected = (name: string) => readNpy(at(`${name}.npy`)) as Float32Array;
  const width = 64;
  const short = (vectors: Float32Array) => vectors.subarray(0, 100 * width);
  const furthest = (x: Float32Array, y: Float32Array) =>
    x.reduce((most, value, i) => Math.max(most, Math.abs(value - y[i])), 0);
  const fresh = await embed("fresh");
  t.is(fresh.length, 101 * width);
  t.true(furthest(fresh, expected("fresh")) < 1e-5);
  // The static encoder does not cut the last text.
  t.true(furthest(short(fresh), short(await embed(join("fresh", "static")))) < 1e-5);
  const moved = await embed("moved");
  t.true(furthest(moved, expected("moved")) < 1e-4);
  t.true(furthest(moved, expected("moved-static")) > 0.01);
  const in8Bits = await embed("moved", "--variant", "quantized");
  for (let text = 0; text < 101; text++) {
    const [x, y] = [in8Bits, moved].map((all) => all.subarray(text * width, (text + 1) * width));
    t.true(x.reduce((sum, value, i) => sum + value * y[i], 0) > 0.99, `line ${text + 1}`);
  }
});

for (const [what, lines, says] of [
  [
    "with a line of two columns",
    "town\ta\tb\ntown\ta\n",
    /pairs\.tsv, line 2: has 2 columns; expected origin⇥English⇥other\.$/m,
  ],
  ["without a pair", "town\ta\t\n", /pairs\.tsv: no pairs; expected lines origin⇥English⇥other\.$/m],
] as const)
  testTraining(`refused: pairs ${what}`, (t) => {
    writeFileSync(at("pairs.tsv"), lines);
    const { status, stderr } = python(wordsOf("none", HOW, "pairs.tsv"));
    t.is(status, 1);
    t.regex(stderr, says);
    t.notRegex(stderr, /Traceback/);
    t.false(existsSync(at("none")));
  });

testTraining(
  "refused: a start that is no static encoder, heads that do not share the width, a file that is nowhere",
  (t) => {
    mkdirSync(at("empty"));
    const refused = (words: string[]) => {
      const { status, stderr } = python(words);
      t.is(status, 1, stderr);
      return stderr;
    };
    const start = refused([...wordsOf("none"), "--start", at("empty")]);
    t.regex(
      start,
      /^train: .*empty: has no model\.safetensors; expected a static encoder, such as crisscross distil makes\.$/m,
    );
    const heads = refused([...wordsOf("none"), "--heads", "5"]);
    t.regex(heads, /^train: --width 32 cannot be shared by --heads 5; expected a multiple\.$/m);
    const nowhere = refused(wordsOf("none", HOW, "nowhere.tsv"));
    t.regex(nowhere, /^train: .*nowhere\.tsv: is not there; expected pairs, a line origin⇥English⇥other\.$/m);
    t.regex(refused(wordsOf("whole")), /^train: .*whole: is not empty\. /m);
  },
);

testTraining("other settings begin anew, and a number that is none is refused", (t) => {
  const rate = python(wordsOf("wild", [...SIZE, "--steps", "60", "--layers-rate", "1e30"]));
  t.is(rate.status, 1);
  t.regex(rate.stderr, /^train: step \d+: the loss is .*wild\.unfinished\. Try a lower --layers-rate/m);
  t.false(existsSync(at("wild")));
  const other = python(wordsOf("wild", [...SIZE, "--steps", "2", "--layers", "1", "--measure", "de"]));
  t.regex(other.stdout, /wild\.unfinished: is of .* other settings; training begins anew$/m);
  t.is(other.status, 0, other.stderr);
  t.regex(
    python(wordsOf("none", ["--steps", "0"])).stderr,
    /--steps: expected a whole number from 1, found 0/,
  );
});

/** The lines of `english.txt` that were taught. */
const LINES = `import json, sys, numpy
english = numpy.unique(numpy.load(sys.argv[1])[:, 0])
print(json.dumps(numpy.searchsorted(english, numpy.load(sys.argv[2])).tolist()))`;

const teach = (output: string, teacher: string, pairs = "en-de.tsv", ...how: string[]) => {
  const files = [at(pairs), "--start", at("start"), "--work", at("teach.work"), "-o", at(output)];
  return python(["pipelines/deep-encoder/teach.py", ...files, "--teacher", teacher, ...how]);
};

testTraining(
  "a teacher's vectors of English texts are kept, some or all, and training comes near them",
  async (t) => {
    const all = teach("taught", at("start"));
    t.is(all.status, 0, all.stderr);
    const some = teach("some", at("start"), "en-de.tsv", "--texts", "80");
    t.is(some.status, 0, some.stderr);
    // The start itself is the teacher here, so the vectors are what crisscross makes with it.
    const english = at("teach.work", "pairs", "english.txt");
    const { code, stderr } = await crisscross([
      "embed",
      english,
      "--encoder",
      at("start"),
      "-o",
      at("own.npy"),
    ]);
    t.is(code, 0, stderr);
    const own = readNpy(at("own.npy")) as Float32Array;
    const taughtBy = (name: string) => fromFloat16s(readNpy(at(name, "vectors.npy")) as Uint16Array);
    const vectors = taughtBy("taught");
    const files = [at("teach.work", "pairs", "pairs.npy"), at("taught", "texts.npy")];
    const drawn: number[] = JSON.parse(python(["-c", LINES, ...files]).stdout);
    t.is(vectors.length, drawn.length * 64);
    t.true(drawn.length * 64 < own.length, "what is held out is not taught");
    for (const [row, text] of drawn.entries())
      for (let i = 0; i < 64; i++) t.true(Math.abs(vectors[row * 64 + i] - own[text * 64 + i]) < 1e-3);
    t.is(taughtBy("some").length, 80 * 64);
    for (const taught of ["taught", "some"]) {
      const trained = python(wordsOf(`by-${taught}`, [...HOW, "--taught", at(taught)]));
      t.is(trained.status, 0, trained.stderr);
      // Both texts of a pair are at 5 · (1 - cosine): 10 by chance.
      const [, distance] = /^step 100 .* deep taught ([\d.]+)/m.exec(trained.stdout)!;
      t.true(Number(distance) < 5, trained.stdout);
    }
  },
);

testTraining("refused: a teacher that is none, vectors of other pairs, and a folder without any", (t) => {
  const none = teach("none", at("empty"));
  t.is(none.status, 1);
  t.regex(none.stderr, /^teach: .*empty: sentence-transformers cannot open it/m);
  writeFileSync(at("other.tsv"), "town\tA house.\tEin Haus.\n");
  const refused = (words: string[]) => {
    const { status, stderr } = python(words);
    t.is(status, 1);
    t.notRegex(stderr, /Traceback/);
    return stderr;
  };
  t.regex(
    refused(wordsOf("none", ["--taught", at("taught")], "other.tsv")),
    /^train: .*taught: was made of other pairs or of a start with another tokenizer\. Run teach\.py on these\.$/m,
  );
  t.regex(
    refused(wordsOf("none", ["--taught", at("start")])),
    /^train: .*start: has no taught\.json; expected what teach\.py left\.$/m,
  );
});

testTraining(
  "a row steps as Adagrad says, and what is learned of one piece moves another that stands nowhere",
  (t) => {
    const made = python(["test/pipelines/deep_encoder_table.py"]);
    t.is(made.status, 0, made.stderr);
    const { before, stepped, learned, sums, back } = JSON.parse(made.stdout);
    t.true(back < 1e-4, "rows that were rotated and made longer are turned back");
    const start = [
      [1, 2],
      [0, 0],
      [3, -1],
    ];
    t.deepEqual(before, start);
    // The mean square (3² + 4²) / 2 = 12.5, and 1 that was there: √13.5 = 3.674235.
    t.deepEqual(sums, [13.5, 2, 1]);
    const expected = [1 - (0.5 * 3) / 3.674235, 2 - (0.5 * 4) / 3.674235];
    for (const [i, value] of expected.entries()) t.true(Math.abs(stepped[0][i] - value) < 1e-5);
    t.deepEqual(stepped.slice(1), start.slice(1));
    t.deepEqual(learned[1], [0, 0], "a row of zeros stays so");
    t.notDeepEqual(learned[2], start[2]);
  },
);

testTraining("without layers a static encoder is left, and pairs of an origin can be held out", async (t) => {
  const none = python(wordsOf("static", [...HOW, "--static-first", "1", "--hold-out", "town"]));
  // All pairs are from there, so none is left to train on.
  t.is(none.status, 1);
  t.regex(none.stderr, /^train: --hold-out: no pairs are left to train on\. Name fewer origins\.$/m);
  const unknown = python(wordsOf("static", ["--hold-out", "bible,town"]));
  t.regex(unknown.stderr, /^train: --hold-out: no pair comes from bible; they come from town\.$/m);
  const lines = readFileSync(at("en-de.tsv"), "utf8").trimEnd().split("\n");
  writeFileSync(
    at("two-de.tsv"),
    `${[...lines.slice(0, 150), ...lines.slice(150).map((line) => line.replace("town", "bible"))].join("\n")}\n`,
  );
  const held = python(
    wordsOf("static", [...HOW, "--static-first", "1", "--hold-out", "bible"], "two-de.tsv"),
  );
  t.is(held.status, 0, held.stderr);
  t.regex(held.stdout, /^\d+ pairs are held out, those of bible among them$/m);
  t.regex(held.stdout, /^de \(\d+ of 175\): static [\d.]+$/m);
  const { code, stderr } = await crisscross([
    "embed",
    at("texts.de"),
    "--encoder",
    at("static"),
    "-o",
    at("static.npy"),
  ]);
  t.is(code, 0, stderr);
});

testTraining("two tables are averaged, and refused where their pieces differ", async (t) => {
  const average = (...names: string[]) =>
    python(["pipelines/deep-encoder/average.py", ...names.map((name) => at(name)), "-o", at("mean")]);
  const { status, stderr } = average("start", "fresh/static");
  t.is(status, 0, stderr);
  const embed = async (name: string) => {
    const { code, stderr } = await crisscross([
      "embed",
      at("texts.de"),
      "--encoder",
      at(name),
      "-o",
      at(`${name}-mean.npy`),
    ]);
    t.is(code, 0, stderr);
    return readNpy(at(`${name}-mean.npy`)) as Float32Array;
  };
  const [start, mean] = [await embed("start"), await embed("mean")];
  // The second is the first in 4 bits.
  for (let text = 0; text < 100; text++) {
    const [x, y] = [start, mean].map((all) => all.subarray(text * 64, (text + 1) * 64));
    t.true(x.reduce((sum, value, i) => sum + value * y[i], 0) > 0.98, `line ${text + 1}`);
  }
  rmSync(at("mean"), { recursive: true });
  cpSync(at("start"), at("others"), { recursive: true });
  const tokenizer = JSON.parse(readFileSync(at("start", "tokenizer.json"), "utf8"));
  tokenizer.model.vocab[5][0] = "other";
  writeFileSync(at("others", "tokenizer.json"), JSON.stringify(tokenizer));
  const refused = average("start", "others");
  t.is(refused.status, 1);
  t.regex(
    refused.stderr,
    /^average: .*others: has other pieces than .*start; expected two encoders of one tokenizer\.$/m,
  );
});
