import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import test from "ava";
import { staticFolder, TRANSFORMER } from "../embed/folders.js";
import { flipBit } from "../flip-bit.js";
import { filesOf, HubServer, refuse } from "../hub/hub-server.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const TOKEN = "hf_neverprintedanywhere";
const server = await HubServer.start();
const home = mkdtempSync(join(realpathSync(tmpdir()), "crisscross-hub-"));
Object.assign(process.env, { HF_HOME: home, HF_ENDPOINT: server.endpoint, HF_TOKEN: TOKEN });
for (const name of ["HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HUB_OFFLINE"]) delete process.env[name];
const cache = join(home, "hub");

test.after.always(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** Files as a repository of a Transformer has them: many that no encoder needs among them. */
const REPOSITORY: Record<string, Buffer | string> = {
  ...filesOf(TRANSFORMER),
  "README.md": "# tiny\n",
  "pytorch_model.bin": "weights of PyTorch",
  "model.safetensors": "weights of PyTorch, too",
  "openvino/openvino_model.xml": "<xml>",
};

const namesIn = (repository: string) => {
  const snapshots = join(cache, `models--${repository.replace("/", "--")}`, "snapshots");
  const folder = join(snapshots, readdirSync(snapshots)[0]);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\./.test(name))
    .sort();
};

const CONFIGURATION = [
  "1_Pooling/config.json",
  "config_sentence_transformers.json",
  "modules.json",
  "sentence_bert_config.json",
  "tokenizer.json",
];

test("a name of the hub works where a folder does: the same vectors, the same space, only the files it needs", async (t) => {
  server.add("acme/transformer", REPOSITORY);
  const folder = temporaryFolder(t);
  const lines = join(folder, "text.txt");
  writeFileSync(lines, "the mill\nby the river\n");
  const [ours, theirs] = [join(folder, "hub.npy"), join(folder, "folder.npy")];
  const { code, stderr } = await crisscross(["embed", lines, "--encoder", "acme/transformer", "-o", ours]);
  t.is(code, 0, stderr);
  t.regex(stderr, /2 rows × 2 of transformer-model-2-/);
  await crisscross(["embed", lines, "--encoder", TRANSFORMER, "-o", theirs]);
  t.deepEqual(readFileSync(ours), readFileSync(theirs));
  t.is(
    JSON.parse(readFileSync(`${ours}.json`, "utf8")).space,
    JSON.parse(readFileSync(`${theirs}.json`, "utf8")).space,
  );
  t.deepEqual(
    namesIn("acme/transformer"),
    [...CONFIGURATION, "onnx/model.onnx", "onnx/model.onnx_data"].sort(),
  );
  const { length } = server.seenOf("acme/transformer");
  t.is((await crisscross(["embed", lines, "--encoder", "acme/transformer", "-o", ours])).code, 0);
  t.is(server.seenOf("acme/transformer").length, length);
});

test("a blob that a failing disk has changed is told, and fetched again once it is removed", async (t) => {
  server.add("acme/flipped", filesOf(staticFolder("normalised")));
  const lines = join(temporaryFolder(t), "text.txt");
  writeFileSync(lines, "the mill\nby the river\n");
  const embed = () => crisscross(["embed", lines, "--encoder", "acme/flipped", "-o", `${lines}.npy`]);
  t.is((await embed()).code, 0);
  const vectors = readFileSync(`${lines}.npy`);
  const blobs = join(cache, "models--acme--flipped", "blobs");
  const table = readdirSync(blobs).find((name) => name.length === 64)!;
  flipBit(join(blobs, table), 8 * 150);
  const { code, stderr } = await embed();
  t.is(code, 1);
  t.regex(stderr, new RegExp(`model\\.safetensors: is damaged: .* Remove .*/${table}; it is fetched again`));
  rmSync(join(blobs, table));
  t.is((await embed()).code, 0);
  t.deepEqual(readFileSync(`${lines}.npy`), vectors);
});

test("a loop with a trainer of one's own starts from a name of the hub that is not cached", async (t) => {
  server.add("acme/start", filesOf(staticFolder("normalised")));
  const folder = temporaryFolder(t);
  const script = join(folder, "train.mjs");
  const copy = "cpSync(...process.argv.slice(-2), { recursive: true, dereference: true });";
  writeFileSync(script, `import { cpSync } from "node:fs"; ${copy}`);
  const run = ["--run", join(folder, "run"), "--rounds", "1", "--encoder", "acme/start"];
  const command = ["--command", `node ${script}`];
  const { code, stderr } = await crisscross([
    "criss",
    "samples/town.de",
    "samples/town.en",
    ...run,
    ...command,
  ]);
  t.is(code, 0, stderr);
  t.regex(readFileSync(join(folder, "run", "pairs", "de-en.tsv"), "utf8"), /\t/);
});

test("a loop starts from the revision that it is given", async (t) => {
  const commit = "5".repeat(40);
  server.add("acme/tagged", filesOf(staticFolder("normalised")), { commit, revisions: { v1: commit } });
  const loop = (run: string, ...options: string[]) =>
    crisscross([
      ...["criss", "samples/town.de", "samples/town.en", "--run", join(temporaryFolder(t), run)],
      ...["--rounds", "1", "--encoder", "acme/tagged", ...options],
    ]);
  const { code, stderr } = await loop("tagged", "--revision", "v1");
  t.is(code, 0, stderr);
  const main = await loop("main");
  t.is(main.code, 1);
  t.regex(main.stderr, /acme\/tagged: has no revision main \(404\)/);
});

test("a pull prints the folder, fetches the chosen variant, and the next pull nothing", async (t) => {
  server.add("acme/variants", REPOSITORY);
  const pull = ["encoders", "pull", "acme/variants", "--variant", "elsewhere"];
  const first = await crisscross(pull);
  t.is(first.code, 0, first.stderr);
  t.regex(first.stderr, /acme\/variants: 7 files, \d+ kB fetched · revision [0-9a-f]{40}/);
  t.deepEqual(
    readdirSync(first.stdout.trim(), { recursive: true }).length,
    // Two folders beside the files.
    namesIn("acme/variants").length + 2,
  );
  t.deepEqual(
    namesIn("acme/variants"),
    [...CONFIGURATION, "onnx/model_elsewhere.onnx", "onnx/weights.bin"].sort(),
  );
  const second = await crisscross(pull);
  t.regex(second.stderr, /acme\/variants: nothing to fetch/);
  t.is(second.stdout, first.stdout);
  const { stdout } = await crisscross(["encoders", "show", "acme/variants", "--variant", "elsewhere"]);
  t.regex(stdout, /^variants +elsewhere 1 kB \(opened\)$/m);
  t.regex(stdout, /^on the hub +model, quantized, fp16, /m);
  t.regex(stdout, /^space +variants-model_elsewhere-2-/m);
});

test("the default is float32 even where another variant is in the cache", async (t) => {
  server.add("acme/default", REPOSITORY);
  await crisscross(["encoders", "pull", "acme/default", "--variant", "quantized"]);
  const { stdout } = await crisscross(["encoders", "show", "acme/default"]);
  t.regex(stdout, /^variants +model 1 kB \(opened\), quantized 1 kB$/m);
  const { code, stderr } = await crisscross(["encoders", "pull", "acme/default", "--variant", "q9"]);
  t.is(code, 1);
  t.regex(stderr, /^crisscross: acme\/default: has no variant q9; it has model, quantized, /m);
});

test("static encoders are fetched without the ONNX files that some carry", async (t) => {
  const m2v = { ...filesOf(staticFolder("normalised")), "onnx/model.onnx": "x", "README.md": "y" };
  delete m2v["reference.json" as keyof typeof m2v];
  server.add("acme/potion", m2v);
  server.add("acme/embedding", filesOf(staticFolder("sentence-transformers")));
  const place = (files: Record<string, Buffer | string>) =>
    Object.fromEntries(
      Object.entries(files).map(([path, content]) =>
        /^(tokenizer\.json|model\.safetensors)$/.test(path)
          ? [`0_StaticEmbedding/${path}`, content]
          : [path, content],
      ),
    );
  const moved = place(filesOf(staticFolder("sentence-transformers")));
  const modules = JSON.parse(String(moved["modules.json"])) as { path: string }[];
  modules[0].path = "0_StaticEmbedding";
  server.add("acme/placed", { ...moved, "modules.json": JSON.stringify(modules) });
  for (const name of ["acme/potion", "acme/embedding", "acme/placed"]) {
    const { code, stdout, stderr } = await crisscross(["encoders", "show", name]);
    t.is(code, 0, stderr);
    t.regex(stdout, /^kind +static$/m);
  }
  t.deepEqual(namesIn("acme/potion"), ["config.json", "model.safetensors", "modules.json", "tokenizer.json"]);
});

test("list tells name, revision, kind, dimensions and size, and what else there is", async (t) => {
  server.add("acme/listed", REPOSITORY, { commit: "abcdef0".padEnd(40, "1") });
  server.add("acme/table", filesOf(staticFolder("normalised")), { commit: "1234567".padEnd(40, "8") });
  await crisscross(["encoders", "pull", "acme/listed", "--variant", "quantized"]);
  await crisscross(["encoders", "pull", "acme/table"]);
  const { stdout } = await crisscross(["encoders", "list"]);
  t.regex(stdout, /^name +revision +kind +dimensions +size$/m);
  t.regex(stdout, /^acme\/listed +abcdef0 main +transformer quantized +\? +\d+ kB$/m);
  t.regex(stdout, /^acme\/table +1234567 main +static +6 +\d+ kB$/m);
  const { encoders } = JSON.parse((await crisscross(["encoders", "list", "--json"])).stdout);
  const { repository, kind, dimensions, variants, revisions } = encoders.find(
    (encoder: { repository: string }) => encoder.repository === "acme/listed",
  );
  t.deepEqual(
    [repository, kind, dimensions, variants, revisions],
    ["acme/listed", "transformer", undefined, ["quantized"], ["main"]],
  );
});

test("remove takes a repository away, or one revision and the blobs that no other has", async (t) => {
  const commits = ["1", "2"].map((digit) => digit.repeat(40));
  const files = filesOf(staticFolder("normalised"));
  server.add("acme/removed", files, { commit: commits[0] });
  await crisscross(["encoders", "pull", "acme/removed"]);
  server.add("acme/removed", { ...files, "config.json": `${files["config.json"]} ` }, { commit: commits[1] });
  await crisscross(["encoders", "pull", "acme/removed"]);
  const root = join(cache, "models--acme--removed");
  const blobs = readdirSync(join(root, "blobs")).length;
  const one = await crisscross(["encoders", "remove", "acme/removed", "--revision", "1111111"]);
  t.regex(one.stderr, /^acme\/removed: removed revision 1{40}, 1 kB$/m);
  t.is(readdirSync(join(root, "blobs")).length, blobs - 1);
  t.is((await crisscross(["encoders", "show", "acme/removed"])).code, 0);
  // Python's client leaves no lock's folder of ours.
  rmSync(join(cache, ".locks/models--acme--removed"), { recursive: true });
  t.is((await crisscross(["encoders", "remove", "acme/removed"])).code, 0);
  t.false(readdirSync(cache).includes("models--acme--removed"));
  const again = await crisscross(["encoders", "remove", "acme/removed"]);
  t.is(again.code, 1);
  t.regex(again.stderr, /acme\/removed: it is not in the cache .*See crisscross encoders list/);
  const path = await crisscross(["encoders", "remove", "../acme"]);
  t.is(path.code, 2);
  t.regex(path.stderr, /\.\.\/acme: is not a name of the hub; expected owner\/name/);
});

test("a name that is neither folder nor repository says both", async (t) => {
  const { code, stderr } = await crisscross(["encoders", "show", "models/e5"]);
  t.is(code, 1);
  t.regex(
    stderr,
    /models\/e5: .* has no such repository, .*There is no folder models\/e5 here, either\. Check the name/,
  );
  const path = await crisscross(["encoders", "show", "./models/e5"]);
  t.regex(
    path.stderr,
    /\.\/models\/e5: no such folder\. Give a folder with tokenizer\.json .*the name of one on the hub/,
  );
});

test("a folder stays a folder, and has no revisions", async (t) => {
  const { code, stderr } = await crisscross(["encoders", "show", "test/embed", "--revision", "v1"]);
  t.is(code, 2);
  t.regex(stderr, /test\/embed: is a folder, which has no revisions to choose from/);
  await crisscross(["encoders", "show", "test/embed"]);
  t.deepEqual(server.seenOf("test/embed"), []);
  const file = await crisscross(["encoders", "show", "samples/town.en"]);
  t.regex(file.stderr, /samples\/town\.en: is a file; expected an encoder's folder/);
  const ngram = await crisscross([
    "mine",
    "samples/town.de",
    "samples/town.en",
    "--encoder",
    "ngram",
    "--revision",
    "v1",
  ]);
  t.is(ngram.code, 2);
  t.regex(ngram.stderr, /--revision chooses among the revisions of an encoder on the hub; ngram has none/);
});

test("a revision may be given after the name, too, which works in a blend", async (t) => {
  const commit = "9".repeat(40);
  server.add("acme/blended", filesOf(staticFolder("normalised")), { commit, revisions: { v1: commit } });
  const lines = join(temporaryFolder(t), "text.txt");
  writeFileSync(lines, "the mill\nby the river\n");
  const blend = ["--blend", "acme/blended@v1:0.3"];
  const { code, stderr } = await crisscross(["mine", lines, lines, "--encoder", TRANSFORMER, ...blend]);
  t.is(code, 0, stderr);
  const twice = await crisscross(["encoders", "show", "acme/blended@v1", "--revision", "main"]);
  t.is(twice.code, 2);
  t.regex(twice.stderr, /names the revision v1, and --revision is main/);
  for (const revision of ["../main", "a b", "-x", "a//b"]) {
    const wrong = await crisscross(["encoders", "show", `acme/blended@${revision}`]);
    t.is(wrong.code, 2, revision);
    t.regex(wrong.stderr, /--revision is .*; expected a branch, a tag or a commit/);
  }
});

test("a re-scorer is fetched by its name, with what it needs and no more", async (t) => {
  const rescorer = filesOf("test/rescore/folders/bert");
  server.add("acme/reranker", {
    ...rescorer,
    "model.safetensors": "weights of PyTorch",
    "README.md": "# tiny",
  });
  const pairs = join(temporaryFolder(t), "pairs.tsv");
  writeFileSync(pairs, "the mill\tby the river\n");
  const { code, stdout, stderr } = await crisscross(["score", pairs, "--rescore", "acme/reranker"]);
  t.is(code, 0, stderr);
  const own = await crisscross(["score", pairs, "--rescore", "test/rescore/folders/bert"]);
  t.is(stdout, own.stdout);
  const needed = Object.keys(rescorer).filter((file) => file !== "reference.json");
  t.deepEqual(namesIn("acme/reranker"), needed.sort());
});

test("a repository without ONNX files says how to export one, and one without a tokenizer too", async (t) => {
  const { "tokenizer.json": tokenizer, "modules.json": modules } = filesOf(TRANSFORMER);
  const weights = { "model.safetensors": "x", "config.json": "{}", "modules.json": modules };
  server.add("acme/torch", { ...weights, "tokenizer.json": tokenizer });
  server.add("acme/sentencepiece", weights);
  const torch = await crisscross(["encoders", "pull", "acme/torch"]);
  t.is(torch.code, 1);
  t.regex(
    torch.stderr,
    /acme\/torch: has no ONNX files\. Export it with python3 pipelines\/export-onnx\.py NAME FOLDER/,
  );
  const dense = [
    ...JSON.parse(String(modules)),
    { type: "sentence_transformers.models.Dense", path: "2_Dense" },
  ];
  server.add("acme/bin", {
    ...REPOSITORY,
    "modules.json": JSON.stringify(dense),
    "2_Dense/pytorch_model.bin": "x",
  });
  const bin = await crisscross(["encoders", "pull", "acme/bin"]);
  t.regex(bin.stderr, /acme\/bin: has no 2_Dense\/model\.safetensors; .* Export it with/);
  t.is(server.sent("2_Dense/pytorch_model.bin"), 0);
  const other = await crisscross(["encoders", "pull", "acme/sentencepiece"]);
  t.regex(other.stderr, /acme\/sentencepiece: has no tokenizer\.json\. Export it with/);
  t.deepEqual(
    server.seenOf("acme/torch").filter(({ path }) => path.endsWith("model.safetensors")),
    [],
  );
});

test("modules and weights that would lie outside of the repository are refused", async (t) => {
  for (const path of ["../../..", "/etc", "a/../../b", "..\\x"]) {
    const modules = JSON.stringify([{ type: "sentence_transformers.models.Transformer", path }]);
    server.add("acme/evil", { ...REPOSITORY, "modules.json": modules }, { commit: "e".repeat(40) });
    const { code, stderr } = await crisscross(["encoders", "pull", "acme/evil"]);
    t.is(code, 1);
    t.regex(stderr, /acme\/evil: its modules\.json names a folder outside of it, ".*"\. Do not use it/);
    rmSync(join(cache, "models--acme--evil"), { recursive: true });
  }
  const { "onnx/weights.bin": _, ...without } = REPOSITORY;
  server.add("acme/short", without);
  const { stderr } = await crisscross(["encoders", "pull", "acme/short", "--variant", "elsewhere"]);
  t.regex(
    stderr,
    /acme\/short: the weights of onnx\/model_elsewhere\.onnx are in onnx\/weights\.bin, which is missing/,
  );
});

test("what is told of an encoder of the hub names it as the hub does, not by where the cache lies", async (t) => {
  server.add("acme/named", REPOSITORY);
  const name = ["encoders", "show", "acme/named"];
  const prompt = await crisscross([
    "embed",
    "samples/town.en",
    "--encoder",
    "acme/named",
    "--prompt-name",
    "none",
    "-o",
    "x.npy",
  ]);
  t.regex(prompt.stderr, /^crisscross: acme\/named: has no prompt named none; it has query, passage\.$/m);
  const dimensions = await crisscross([
    "embed",
    "samples/town.en",
    "--encoder",
    "acme/named",
    "--dimensions",
    "3",
    "-o",
    "x.npy",
  ]);
  t.regex(dimensions.stderr, /the vectors of acme\/named have 2; expected/);
  t.regex((await crisscross(name)).stdout, /^space +named-model-2-/m);
});

test("training starts from a table of the hub, and fetches no weights of what has none", async (t) => {
  server.add("acme/start", filesOf(staticFolder("normalised")));
  server.add("acme/no-table", REPOSITORY);
  const folder = temporaryFolder(t);
  const pairs = join(folder, "pairs.tsv");
  writeFileSync(pairs, "the mill\tby the river\nthe river\tby the mill\n".repeat(4));
  const train = (from: string) =>
    crisscross([
      "train",
      "table",
      "--from",
      from,
      "--pairs",
      pairs,
      "--steps",
      "1",
      "--batch",
      "2",
      "--validation",
      "0",
      "-o",
      join(folder, "out"),
    ]);
  const refused = await train("acme/no-table");
  t.is(refused.code, 1);
  t.regex(refused.stderr, /acme\/no-table: is not a static encoder, so it has no table/);
  t.deepEqual(namesIn("acme/no-table"), CONFIGURATION);
  const { code, stderr } = await train("acme/start");
  t.is(code, 0, stderr);
  const loop = await crisscross([
    "criss",
    pairs,
    pairs,
    "--run",
    join(folder, "run"),
    "--encoder",
    "acme/no-table",
    "--trainer",
    "table",
  ]);
  t.regex(
    loop.stderr,
    /acme\/no-table: is not a static encoder, so it has no table that the loop could train/,
  );
});

/** The command line as a process of its own. */
function start(argv: string[], env: Record<string, string> = {}, limits = "") {
  const script = `${limits} exec "${process.execPath}" dist/cli/crisscross.js "$@"`;
  const child = spawn("bash", ["-c", script, "crisscross", ...argv], { env: { ...process.env, ...env } });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, outcome: Promise.all([ended, text(child.stdout), text(child.stderr)]) };
}

const LARGE = { ...filesOf(staticFolder("normalised")), "model.safetensors": Buffer.alloc(400_000, "x") };

test("two processes at once fetch every file once", async (t) => {
  server.add("acme/both", REPOSITORY);
  const pull = ["encoders", "pull", "acme/both"];
  const [one, other] = [start(pull), start(pull)];
  const outcomes = [await one.outcome, await other.outcome];
  t.deepEqual(
    outcomes.map(([code]) => code),
    [0, 0],
  );
  t.is(outcomes[0][1], outcomes[1][1]);
  t.is(server.seenOf("acme/both").filter(({ host }) => host === "cdn").length, 2);
});

test("a pull that is killed is gone on with", async (t) => {
  server.add("acme/killed", LARGE);
  let isFirst = true;
  const half = new Promise<void>((resolve) => {
    server.faults.set("acme/killed", ({ host }, response) => {
      if (host === "hub" || !isFirst) return false;
      isFirst = false;
      response.writeHead(200, { "content-length": 400_000 });
      response.write(LARGE["model.safetensors"].subarray(0, 200_000), () => resolve());
      return true;
    });
  });
  const { child, outcome } = start(["encoders", "pull", "acme/killed"]);
  await half;
  const blobs = join(cache, "models--acme--killed/blobs");
  const part = () => readdirSync(blobs).find((name) => name.endsWith(".incomplete"));
  const written = (name = part()) => (name ? statSync(join(blobs, name)).size : 0);
  const watcher = watch(blobs);
  while (written() < 200_000) await once(watcher, "change");
  watcher.close();
  child.kill("SIGKILL");
  await outcome;
  t.is(child.signalCode, "SIGKILL");
  await crisscross(["encoders", "pull", "acme/killed"]);
  t.is(server.seenOf("acme/killed").findLast(({ host }) => host === "cdn")?.range, "bytes=200000-");
  t.is(part(), undefined);
});

test("where no more can be written, one sentence says so, and what has come is kept", async (t) => {
  server.add("acme/full", LARGE);
  // 100 blocks of 1 kB, and the error in place of the signal.
  const full = start(["encoders", "pull", "acme/full"], {}, "trap '' XFSZ; ulimit -f 100;");
  const [code, , stderr] = await full.outcome;
  t.is(code, 1);
  t.regex(stderr, /^crisscross: .*models--acme--full: files may not become that large here\./m);
  const [again] = await start(["encoders", "pull", "acme/full"]).outcome;
  t.is(again, 0);
  t.is(server.seenOf("acme/full").findLast(({ host }) => host === "cdn")?.range, "bytes=102400-");
});

test("the token is never printed, whatever goes wrong", async (t) => {
  server.add("acme/secret", REPOSITORY, { gatedFor: "hf_other" });
  const attempts: [name: string, env: Record<string, string>][] = [
    ["acme/secret", {}],
    ["acme/unknown", {}],
    ["acme/secret", { HF_ENDPOINT: "http://127.0.0.1:9" }],
    ["acme/secret", { HF_TOKEN: `${TOKEN} with spaces` }],
    ["acme/secret", { HF_TOKEN: `${TOKEN}\u00e9` }],
    ["acme/secret", { HF_ENDPOINT: `http://user:${TOKEN}@127.0.0.1:9` }],
    ["acme/secret", { HF_HUB_OFFLINE: "1" }],
  ];
  const outcomes = attempts.map(([name, env]) => start(["encoders", "pull", name, "--verbose"], env).outcome);
  for (const [code, stdout, stderr] of await Promise.all(outcomes)) {
    t.not(code, 0);
    t.notRegex(stderr, /bug/);
    t.false((stdout + stderr).includes(TOKEN));
  }
  t.false(server.seen.some(({ host, authorization }) => host === "cdn" && authorization !== undefined));
});

test("an interrupted pull says so", async (t) => {
  server.add("acme/interrupted", REPOSITORY);
  const { code, stderr } = await crisscross(
    ["encoders", "pull", "acme/interrupted"],
    "",
    AbortSignal.abort(),
  );
  t.is(code, 130);
  t.regex(stderr, /^crisscross: interrupted; what has come so far is kept, and the same command goes on\.$/m);
});

test("HF_HOME, HF_HUB_CACHE and HF_HUB_OFFLINE are heeded", async (t) => {
  server.add("acme/elsewhere", filesOf(staticFolder("normalised")));
  const folder = temporaryFolder(t);
  const env = { HF_HUB_CACHE: join(folder, "cache") };
  const [, stdout] = await start(["encoders", "pull", "acme/elsewhere"], env).outcome;
  t.true(stdout.startsWith(join(folder, "cache/models--acme--elsewhere/snapshots/")));
  const offline = { HF_HUB_CACHE: "", HF_HUB_OFFLINE: "1" };
  const [code, , stderr] = await start(["encoders", "show", "acme/elsewhere"], offline).outcome;
  t.is(code, 1);
  t.regex(
    stderr,
    /acme\/elsewhere: is not in the cache .*HF_HUB_OFFLINE is set.*There is no folder acme\/elsewhere here/,
  );
  const [shown] = await start(["encoders", "show", "acme/elsewhere"], { ...env, HF_HUB_OFFLINE: "1" })
    .outcome;
  t.is(shown, 0);
});

test("a hub that is busy is asked again, and that is told", async (t) => {
  server.add("acme/busy", REPOSITORY);
  let left = 2;
  server.faults.set("acme/busy", (_, response) => {
    if (left-- <= 0) return false;
    refuse(response, 503, undefined, { "retry-after": "0" });
    return true;
  });
  const { code, stderr } = await crisscross(["encoders", "pull", "acme/busy"]);
  t.is(code, 0);
  t.regex(stderr, /answered 503; trying again in 0 s/);
});

test("weights that the cache shares among repositories are opened, too, and stay", async (t) => {
  server.add("acme/shared", REPOSITORY);
  const { stdout } = await crisscross(["encoders", "pull", "acme/shared"]);
  const blobs = join(cache, "models--acme--shared/blobs");
  // As Python's huggingface_hub 2 publishes them: a store of all repositories, a folder a beginning of the hash.
  for (const [i, name] of ["onnx/model.onnx", "onnx/model.onnx_data"].entries()) {
    const store = join(cache, "blobs", `a${i}`);
    const blob = basename(readlinkSync(join(stdout.trim(), name)));
    mkdirSync(store, { recursive: true });
    renameSync(join(blobs, blob), join(store, blob));
    symlinkSync(`../../blobs/a${i}/${blob}`, join(blobs, blob));
  }
  const { code, stderr } = await crisscross(["encoders", "show", "acme/shared"]);
  t.is(code, 0, stderr);
  for (const i of [0, 1]) t.is(readdirSync(join(cache, "blobs", `a${i}`)).length, 1);
});
