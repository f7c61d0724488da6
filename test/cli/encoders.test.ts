import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { readNpy } from "../../src/store/arrays/npy-file.js";
import { copyOf, editJson, moduleFolder, staticFolder, TRANSFORMER } from "../embed/folders.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

test("encoders show tells kind, dimensions, pooling, prompts, longest input and variants", async (t) => {
  const { code, stdout } = await crisscross(["encoders", "show", TRANSFORMER]);
  t.is(code, 0);
  for (const line of [
    /^kind +transformer$/m,
    /^dimensions +2$/m,
    /^pooling +mean$/m,
    /^prompts +query "query: ", passage "passage: "$/m,
    /^longest input +8 tokens$/m,
    /^variants +model 1 kB \(opened\), quantized 1 kB, fp16/m,
  ])
    t.regex(stdout, line);
});

test("encoders show tells what the folder asks for beside: no prompt in the pooling, lower case, fewer dimensions", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  editJson(copy, "1_Pooling/config.json", { include_prompt: false });
  editJson(copy, "sentence_bert_config.json", { do_lower_case: true });
  editJson(copy, "config_sentence_transformers.json", { truncate_dim: 1 });
  const { stdout } = await crisscross(["encoders", "show", copy, "--variant", "pooled"]);
  for (const line of [
    /^dimensions +1, the first of more$/m,
    /^pooling +mean, by the model itself, without the prompt$/m,
    /^letters +lower-cased$/m,
    /^variants +model 1 kB, .*pooled 1 kB \(opened\)/m,
  ])
    t.regex(stdout, line);
});

test("encoders show tells whose tokenizer it is and what is followed, a router's route, and what is done with tokens", async (t) => {
  const shown = async (name: string) => {
    const { folder } = moduleFolder(name, t);
    return (await crisscross(["encoders", "show", folder])).stdout;
  };
  t.regex(
    await shown("bert-class"),
    /^tokenizer +BertTokenizer, as transformers 4 takes it, which changes tokenizer\.json; the folder was written by transformers 5\.24\.0$/m,
  );
  t.regex(await shown("no-class"), /^tokenizer +TokenizersBackend, as transformers 4 takes it; the folder/m);
  const { folder: other } = moduleFolder("mean", t);
  editJson(other, "tokenizer.json", { pre_tokenizer: { type: "WhitespaceSplit" } });
  const { stdout } = await crisscross(["encoders", "show", other]);
  t.regex(stdout, /^tokenizer .* takes it; transformers 5 makes another of it; the folder was/m);
  t.regex(await shown("route-by-kind"), /^route +query$/m);
  t.regex(await shown("normalised-tokens"), /^each token +normalise$/m);
  t.regex(await shown("pooler"), /^pooling +pooler_output, by the model itself$/m);
});

test("the ngram encoder has nothing to show", async (t) => {
  const { code, stderr } = await crisscross(["encoders", "show", "ngram"]);
  t.is(code, 2);
  t.regex(stderr, /ngram has no folder to show/);
});

test("encoders show --json gives the same for programs, of a static folder too", async (t) => {
  const { stdout } = await crisscross(["encoders", "show", staticFolder("normalised"), "--json"]);
  const { kind, dimensions, maxTokens, variants } = JSON.parse(stdout);
  t.deepEqual(
    { kind, dimensions, maxTokens, variants },
    { kind: "static", dimensions: 6, maxTokens: 8, variants: [] },
  );
});

test("a folder that is no encoder is refused", async (t) => {
  const { code, stderr } = await crisscross(["encoders", "show", temporaryFolder(t)]);
  t.is(code, 1);
  t.regex(stderr, /has no tokenizer\.json/);
});

test("mine puts each side's prompt before its sentences", async (t) => {
  const folder = temporaryFolder(t);
  const [source, target] = [join(folder, "source.txt"), join(folder, "target.txt")];
  writeFileSync(source, "the mill\n");
  writeFileSync(target, "the mill\n");
  const run = join(folder, "run");
  const prompts = ["--prompt-name", "query", "--target-prompt", "passage: "];
  const { code, stderr } = await crisscross([
    "mine",
    source,
    target,
    "--encoder",
    TRANSFORMER,
    ...prompts,
    "--run",
    run,
  ]);
  t.is(code, 0, stderr);
  t.regex(
    stderr,
    /^transformer: model · 2 dimensions · at most 8 tokens · prompts "query: " and "passage: "$/m,
  );
  // Means of tokens 1 8 9 3 4 2 and 1 10 9 3 4 2.
  t.is(readNpy(join(run, "source.npy"))[0], 27 / 6);
  t.is(readNpy(join(run, "target.npy"))[0], Math.fround(29 / 6));
});

test("mine takes the route of each side's task, and a run folder is made anew for another", async (t) => {
  const { folder: encoder } = moduleFolder("task-static", t);
  const folder = temporaryFolder(t);
  const text = join(folder, "text.txt");
  writeFileSync(text, "the mill\nMüller by the river\n");
  const run = join(folder, "run");
  const mine = (...options: string[]) =>
    crisscross(["mine", text, text, "--encoder", encoder, "--run", run, ...options]);
  const both = await mine("--task", "query", "--target-task", "document");
  t.is(both.code, 0, both.stderr);
  t.regex(both.stderr, /routes query and document · prompts "query : " and "the "/);
  const [query, document] = [readNpy(join(run, "source.npy")), readNpy(join(run, "target.npy"))];
  t.notDeepEqual(query, document);
  const other = await mine("--task", "document");
  t.is(other.code, 0, other.stderr);
  t.deepEqual(readNpy(join(run, "source.npy")), document);

  // The same of two files, each embedded for its task.
  const files = ["query", "document"].map((task) => join(folder, `${task}.npy`));
  for (const [i, task] of ["query", "document"].entries())
    t.is((await crisscross(["embed", text, "--encoder", encoder, "--task", task, "-o", files[i]])).code, 0);
  t.like(JSON.parse(readFileSync(`${files[0]}.json`, "utf8")), { task: "query", prompt: "query : " });
  t.deepEqual(readNpy(files[0]), query);
  const searched = await crisscross(["mine", ...files]);
  t.is(searched.code, 0, searched.stderr);
});

test("what the encoder cuts is told", async (t) => {
  const folder = temporaryFolder(t);
  const long = join(folder, "long.txt");
  writeFileSync(long, `${"the ".repeat(9)}\nthe mill\n`);
  const { stderr } = await crisscross(["mine", long, long, "--encoder", TRANSFORMER]);
  t.regex(stderr, /long\.txt: 1 sentence is longer than the encoder takes; only the beginning counts/);
  const embedded = await crisscross([
    "embed",
    long,
    "--encoder",
    TRANSFORMER,
    "-o",
    join(folder, "long.npy"),
  ]);
  t.regex(embedded.stderr, /1 too long for the encoder, of which only the beginning counts/);
});

test("evaluate parity compares two variants from the terminal", async (t) => {
  const text = join(temporaryFolder(t), "text.txt");
  writeFileSync(text, "the mill\n");
  const { code, stdout } = await crisscross([
    "evaluate",
    "parity",
    TRANSFORMER,
    TRANSFORMER,
    text,
    "--variant",
    "model,quantized",
  ]);
  t.is(code, 0);
  // Twice the rows, the same direction.
  t.regex(stdout, /first and second +1\.000000 +1\.000000 +1\.000000/);
});

test("a variant without a name is refused", async (t) => {
  const args = ["evaluate", "parity", TRANSFORMER, TRANSFORMER, "text.txt", "--variant", "model,"];
  const { code, stderr } = await crisscross(args);
  t.is(code, 2);
  t.regex(stderr, /Expected a name/);
});

test("a variant is refused of a static encoder, but not where another is compared with it", async (t) => {
  const folder = temporaryFolder(t);
  const text = join(folder, "text.txt");
  writeFileSync(text, "the mill\nby the river\nthe river\nby the mill\n");
  const { code, stderr } = await crisscross(["mine", text, text, "--variant", "quantized"]);
  t.is(code, 2);
  t.regex(stderr, /builtin: is a static encoder, which has no model files to choose from/);
  writeFileSync(join(folder, "xx-en.dev.xx"), "a\tthe mill\nb\tby river\n");
  writeFileSync(join(folder, "xx-en.dev.en"), "c\tthe mill\nd\tby river\n");
  writeFileSync(join(folder, "xx-en.dev.gold"), "a\tc\nb\td\n");
  const compared = await crisscross([
    ...["evaluate", "bucc", folder, "--encoder", TRANSFORMER, "--variant", "quantized"],
    ...["--against", staticFolder("normalised")],
  ]);
  t.is(compared.code, 0, compared.stderr);
});

test("embed takes the built-in encoder unless another is named", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const { code, stderr } = await crisscross(["embed", "-", "-o", output], "A mill grinds corn.\n");
  t.is(code, 0, stderr);
  const { space, centre } = JSON.parse(readFileSync(`${output}.json`, "utf8"));
  t.true(space.startsWith("builtin-"));
  t.true(centre);
});

test("mine takes the texts of vectors from where they went, and refuses others with the option to name them", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  cpSync("samples/town.de", at("de.txt"));
  await crisscross(["embed", at("de.txt"), "-o", at("de.npy"), "--quiet"]);
  await crisscross(["embed", "samples/town.en", "-o", at("en.npy"), "--quiet"]);
  const before = await crisscross(["mine", at("de.npy"), at("en.npy")]);
  rmSync(at("de.txt"));
  const gone = await crisscross(["mine", at("de.npy"), at("en.npy")]);
  t.is(gone.code, 1);
  t.regex(gone.stderr, /was embedded from is gone\. Say where it is with --source-text/);
  const given = await crisscross(["mine", at("de.npy"), at("en.npy"), "--source-text", "samples/town.de"]);
  t.is(given.stdout, before.stdout);
  const shard = ["search", at("de.npy"), at("en.npy"), "-o", at("shard"), "--quiet"];
  t.is((await crisscross(shard)).code, 0);
  const guarded = await crisscross([...shard, "--guard", "copies"]);
  t.regex(guarded.stderr, /is gone, which --guard needs\. Say where it is with --source-text/);
});
