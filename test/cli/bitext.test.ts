import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const TSV = "die Mühle\tthe mill\nder Fluss\tthe river\n";

test("convert goes from any format to any other and back", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  writeFileSync(at("a.tsv"), TSV);
  const convert = async (...argv: string[]) =>
    t.is((await crisscross(["convert", ...argv])).code, 0, argv.join(" "));
  await convert(at("a.tsv"), "-o", at("a.tmx.gz"), "--languages", "de,en");
  await convert(at("a.tmx.gz"), "-o", at("a.jsonl"));
  await convert(at("a.jsonl"), "-o", `${at("a.de")},${at("a.en")}`);
  t.is(readFileSync(at("a.en"), "utf8"), "the mill\nthe river\n");
  const { stdout, stderr } = await crisscross(["convert", at("a.de"), at("a.en")]);
  t.is(stdout, TSV);
  t.is(stderr, "2 pairs\n");
  t.is(JSON.parse(readFileSync(at("a.jsonl.stats.json"), "utf8")).pairs, 2);
});

test("what convert makes of a scored bitext with blank lines reads again as the same", async (t) => {
  const scored = "\n0.5\tdie Mühle\tthe mill\n\n0.4\tder Fluss\tthe river\n";
  const once = await crisscross(["convert", "-"], scored);
  const again = await crisscross(["convert", "-"], once.stdout);
  t.is(again.code, 0, again.stderr);
  t.is(again.stdout, once.stdout);
  const { stdout } = await crisscross(["convert", "-", "--output-format", "jsonl"], once.stdout);
  t.deepEqual(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).source),
    ["", "die Mühle", "", "der Fluss"],
  );
});

test("two outputs are moses, whatever the input is, and no other format can be two", async (t) => {
  const folder = temporaryFolder(t);
  const both = ["out.de", "out.en"].map((name) => join(folder, name));
  const writesBoth = async (...argv: string[]) => {
    const { code, stderr } = await crisscross([...argv, "-", "-o", both.join()], TSV);
    t.is(code, 0, stderr);
    t.is(readFileSync(both[0], "utf8"), "die Mühle\nder Fluss\n");
    t.is(readFileSync(both[1], "utf8"), "the mill\nthe river\n");
    for (const path of both) rmSync(path);
  };
  await writesBoth("convert");
  await writesBoth("dedup", "--output-format", "moses");
  await writesBoth("filter");
  const refused = async (...argv: string[]) => {
    const { code, stderr } = await crisscross(argv, TSV);
    t.is(code, 2);
    return stderr;
  };
  const tsv = ["--output-format", "tsv"];
  t.is(
    await refused("convert", "-", "-o", "a.de,a.en", ...tsv),
    "crisscross: --output a.de,a.en names 2 files, but a bitext in format tsv is one file. Name one without a comma, or leave --output-format out: two files are moses.\n",
  );
  t.regex(
    await refused("convert", "-", "-o", "a,b,c"),
    /--output has 3 values; expected the source's and the target's/,
  );
  t.regex(await refused("score", "-", "-o", "a.de,a.en"), /Format moses has no place for a score/);
});

test("an option that says nothing about the formats at hand is refused", async (t) => {
  const refused = async (...argv: string[]) => {
    const { code, stdout, stderr } = await crisscross(argv, TSV);
    t.deepEqual([code, stdout], [2, ""]);
    return stderr;
  };
  t.is(
    await refused("convert", "-", "--format", "jsonl", "--score-column", "1"),
    "crisscross: --score-column goes with format tsv or csv, but standard input is read as jsonl. Leave it out, or name the right format.\n",
  );
  t.regex(
    await refused("dedup", "-", "--fields", "a,b"),
    /^crisscross: --fields goes with format jsonl, json or parquet, .* tsv/,
  );
  t.regex(
    await refused("evaluate", "labels", "-", "--label-column", "3", "--score-field", "s"),
    /--score-field goes with format jsonl/,
  );
  t.regex(await refused("convert", "-", "--codes", "keep"), /^crisscross: --codes goes with format tmx/);
  for (const command of ["convert", "dedup", "score"])
    t.is(
      await refused(command, "-", "--languages", "de,en"),
      "crisscross: --languages names the languages of TMX, but neither the bitext nor the output is TMX. Leave it out.\n",
    );
  t.regex(await refused("split", "-", "-o", "parts", "--languages", "de,en"), /neither .* is TMX/);
  t.regex(
    await refused("score", "-", "--index", "exact", "--search-effort", "9"),
    /--search-effort is 9, but --index exact compares every pair/,
  );
  const labels = ["evaluate", "labels", "-", "--label-column", "3"];
  t.regex(await refused(...labels, "--languages", "de,en"), /unknown option '--languages'/);
  t.regex(await refused(...labels, "--json", "--markdown"), /'--json' cannot be used with .*'--markdown'/);
});

test("convert tells a fault in a sentence, and leaves no file", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "out.tsv");
  const fails = async (stdin: string, ...argv: string[]) => {
    const { code, stderr } = await crisscross(["convert", "-", "-o", output, ...argv], stdin);
    t.not(code, 0);
    return stderr;
  };
  t.regex(
    await fails("alone\n"),
    /^crisscross: standard input, line 1: has 1 column; expected source⇥target/,
  );
  t.regex(
    await fails("<tmx><body>\n<tu>&</tu>", "--format", "tmx"),
    /^crisscross: standard input, line 2: has an &/,
  );
  t.regex(
    await fails("a\tb\n", "--output-format", "tmx"),
    /^crisscross: TMX names the language of each text/,
  );
  t.deepEqual(readdirSync(folder), []);
  const same = join(folder, "a.tsv");
  writeFileSync(same, TSV);
  t.is((await crisscross(["convert", same, "-o", same])).code, 2);
  t.is(readFileSync(same, "utf8"), TSV);
});

test("score sits in a pipe: a line out for each line in, in order", async (t) => {
  const { code, stdout, stderr } = await crisscross(
    [
      "score",
      "-",
      "--encoder",
      "ngram",
      "--dimensions",
      "16",
      "--k",
      "1",
      "--score",
      "cosine",
      "--add",
      "length",
    ],
    "ein Hafen\tein Hafen\n\nzwei\tzwei\n",
  );
  t.is(code, 0, stderr);
  t.deepEqual(
    stdout.split("\n").map((line) => line.split("\t").slice(1).join("|")),
    ["ein Hafen|ein Hafen|1", "||", "zwei|zwei|1", ""],
  );
  t.regex(stderr, /^3 pairs · 2 and 2 distinct sentences · 1 without a score$/m);
});

test("score leaves out what is below a threshold, and says so; it takes one way of asking for it", async (t) => {
  const corpus = "ein Hafen\tein Hafen\neine Mühle\tetwas anderes\n";
  const argv = ["score", "-", "--encoder", "ngram", "--dimensions", "16", "--k", "1", "--score", "cosine"];
  const { code, stdout, stderr } = await crisscross([...argv, "--threshold", "0.9"], corpus);
  t.is(code, 0, stderr);
  t.is(stdout, "1.000000\tein Hafen\tein Hafen\n");
  t.regex(stderr, /^2 pairs · .* · 1 pair below the threshold$/m);
  const twice = await crisscross([...argv, "--threshold", "auto", "--precision", "0.9"], corpus);
  t.regex(twice.stderr, /--precision.* cannot be used with .*--threshold/);
  const few = await crisscross([...argv, "--precision", "0.9"], corpus);
  t.deepEqual([few.code, few.stdout], [2, ""]);
  t.regex(few.stderr, /--precision 0.9 finds no threshold: of only 2 pairs nothing can be told/);
});

test("score refuses a third neighbourhood, and two outputs cannot be one file", async (t) => {
  const third = await crisscross(["score", "-", "--neighbourhood", "a,b,c"], TSV);
  t.is(third.code, 2);
  t.regex(third.stderr, /--neighbourhood has 3 files; expected one, or two/);
  const same = join(temporaryFolder(t), "a");
  const twice = await crisscross(["convert", "-", "--output-format", "moses", "-o", `${same},${same}`], TSV);
  t.is(twice.code, 2);
  t.regex(twice.stderr, /two outputs would be written there/);
});

test("what comes from JSON lines goes on as JSON lines", async (t) => {
  const { stdout } = await crisscross(
    ["score", "-", "--format", "jsonl", "--encoder", "ngram", "--dimensions", "16", "--k", "1", "--quiet"],
    '{"id":1,"source":"ein Hafen","target":"ein Hafen"}\n{"id":2,"source":"zwei","target":"zwei"}\n',
  );
  t.like(JSON.parse(stdout.split("\n")[0]), { id: 1, source: "ein Hafen", score: 1 });
});

test("a 64-bit identifier of a JSON line comes through every command as it went in", async (t) => {
  const folder = temporaryFolder(t);
  const input = join(folder, "in.jsonl");
  const lines = ['7 Mühlen","target":"7 mills', 'ein Hafen","target":"a harbour'].map(
    (texts, i) => `{"id":922337203685477580${i + 5},"source":"${texts}"}`,
  );
  writeFileSync(input, lines.map((line) => `${line}\n`).join(""));
  const prints = async (...argv: string[]) => {
    const { code, stdout, stderr } = await crisscross([...argv, "--quiet"]);
    t.is(code, 0, stderr);
    return stdout.trimEnd().split("\n");
  };
  const config = join(folder, "filter.yaml");
  writeFileSync(config, "filters:\n  - LengthFilter: { unit: char, max_length: 8 }\n");
  const rejected = join(folder, "rejected.jsonl");
  t.deepEqual(await prints("filter", input, "--config", config, "--rejected", rejected), [lines[0]]);
  t.is(readFileSync(rejected, "utf8").replace(/,"reason":"[^"]+"/, ""), `${lines[1]}\n`);
  t.deepEqual(await prints("convert", input, "--output-format", "jsonl"), lines);
  t.deepEqual(await prints("dedup", input), lines);
  t.deepEqual(
    (
      await prints(
        "score",
        input,
        "--encoder",
        "ngram",
        "--dimensions",
        "16",
        "--score",
        "cosine",
        "--add",
        "length",
      )
    ).map((line) => line.replace(/,"score":[^,]+,"length":[^,]+}/, "}")),
    lines,
  );
  await prints("split", input, "--test", "1", "--dev", "0", "-o", join(folder, "parts"));
  const parts = ["train", "test"].map((part) => readFileSync(join(folder, `parts/${part}.jsonl`), "utf8"));
  t.deepEqual(parts.map((part) => part.trimEnd()).sort(), lines.toSorted());
});

test("evaluate labels prints the area under the curve", async (t) => {
  const { stdout } = await crisscross(
    ["evaluate", "labels", "-", "--label-column", "4"],
    "2\ta\tb\t1\n1\ta\tb\t0\n",
  );
  t.regex(stdout, /AUC\nstandard input +1\.000\nmetric auc · pairs 2 · positives 1 · unscored 0/);
});

test("help shows an example", async (t) => {
  for (const command of ["score", "convert"])
    t.regex((await crisscross([command, "--help"])).stdout, /Example:\n {2}\$ /);
});

test("each command that reads a bitext takes a header for one, once, and columns by name", async (t) => {
  const rows = "score\tsrc\ttgt\n0.5\tdie Mühle steht am Fluss.\tThe mill stands by the river.\n";
  for (const argv of [
    ["convert", "-"],
    ["filter", "-"],
    ["dedup", "-"],
    ["score", "-", "--score", "length"],
  ]) {
    const { code, stdout, stderr } = await crisscross(argv, rows);
    t.is(code, 0, stderr);
    t.is(stdout.trimEnd().split("\n").length, 2, stdout);
    t.true(stdout.startsWith("score\tsrc\ttgt\n"), stdout);
    t.is(stderr.match(/standard input: the first row is read as a header/g)?.length, 1, stderr);
    t.regex(stderr, /Pass --header no if it is a pair/);
  }
  const named = await crisscross(["convert", "-", "--columns", "tgt,src", "--output-format", "jsonl"], rows);
  t.regex(named.stdout, /"source":"The mill/);
  const asPair = await crisscross(["convert", "-", "--header", "no", "--columns", "2,3"], rows);
  t.is(asPair.stdout.split("\n").length, 3);
});

test("dedup refuses addresses in place of texts, and a preset reads beside them", async (t) => {
  const page = "https://a.example/de\thttps://a.example/en";
  const rows = `${page}\tein Haus\ta house\t0.9\n${page}\tein Hund\ta dog\t0.8\n`;
  const { code, stderr } = await crisscross(["dedup", "-"], rows);
  t.is(code, 1);
  t.regex(
    stderr,
    /hold addresses; columns 3 and 4 look like texts\. Name .* --columns, or the corpus with --preset/,
  );
  const { stdout } = await crisscross(["dedup", "-", "--preset", "bitextor"], rows);
  t.is(stdout, rows);
});

const FOLDERS = "test/rescore/folders";

test("score --rescore writes a line for each line, and tells what it was done with", async (t) => {
  const input = join(temporaryFolder(t), "pairs.tsv");
  writeFileSync(input, "the mill\tthe river\n\tthe\n");
  const { code, stdout, stderr } = await crisscross([
    ...["score", input, "--rescore", join(FOLDERS, "bge-m3"), "--rescore-weights", "1,0,0"],
    ...["--add", "dense,sparse,colbert,length"],
  ]);
  t.is(code, 0, stderr);
  const [score, , , dense] = stdout.split("\n")[0].split("\t");
  t.is(score, dense);
  t.is(stdout.split("\n")[1], "\t\tthe\t\t\t\t");
  t.regex(
    stderr,
    /bge-m3: model · dense, sparse and multi-vector scores, 1 : 0 : 0 · at most 20 tokens a text/,
  );
  t.regex(stderr, /re-scored with bge-m3-model-[0-9a-f]{12}\nnothing embedded/);
});

test("mine --rescore writes the new score first and the margin where it is asked for", async (t) => {
  const folder = temporaryFolder(t);
  const [source, target] = [join(folder, "a.en"), join(folder, "b.en")];
  writeFileSync(source, "the mill by the river\na miller\n");
  writeFileSync(target, "the mill by the river\na miller in the sun\n");
  const run = join(folder, "run");
  const mining = ["mine", source, target, "--encoder", "ngram", "--dimensions", "16", "--run", run];
  const rescoring = ["--rescore", join(FOLDERS, "bert"), "--columns", "margin"];
  const { code, stderr } = await crisscross([...mining, ...rescoring]);
  t.is(code, 0, stderr);
  t.regex(stderr, /re-scored with bert-model-[0-9a-f]{12}/);
  const rows = readFileSync(join(run, "pairs.tsv"), "utf8").trimEnd().split("\n");
  t.is(rows.length, 2);
  for (const row of rows) {
    const [score, , , margin] = row.split("\t").map(Number);
    t.true(score > 0 && score < 1 && score !== margin);
  }
  const select = await crisscross(["select", run, "--columns", "margin"]);
  t.is(select.stdout, `${rows.join("\n")}\n`);
  const again = await crisscross([...mining, ...rescoring, "--rescore-above", "1000"]);
  t.regex(again.stderr, /0 pairs written/);
  const verified = await crisscross(["verify", run]);
  t.is(verified.code, 0, verified.stdout);
});

test("wrong options are told by their flags", async (t) => {
  const pairs = join(temporaryFolder(t), "pairs.tsv");
  writeFileSync(pairs, "a\tb\n");
  const refused = async (argv: string[], message: RegExp) => {
    const { code, stderr } = await crisscross([...argv]);
    t.is(code, 2);
    t.regex(stderr, message);
  };
  await refused(["score", pairs, "--rescore-weights", "1,2"], /Expected three numbers, such as 1,0\.3,1/);
  await refused(
    ["score", pairs, "--rescore-variant", "q4"],
    /--rescore-variant says how pairs are re-scored.*Give --rescore/,
  );
  await refused(["score", pairs, "--rescore", "x", "--k", "3"], /--k is of vectors.*pass --add cosine/);
  await refused(["mine", pairs, pairs, "--rescore-above", "1"], /--rescore-above says how/);
});
