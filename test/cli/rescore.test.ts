import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

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
  const mining = ["mine", source, target, "--encoder", "ngram", "--run", run];
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
