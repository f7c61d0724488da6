import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openPairs } from "../../src/write/pairs/open-pairs.js";
import { writePairs } from "../../src/write/write-pairs.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const TOWN = ["samples/town.de", "samples/town.en"];
const NGRAM = ["--encoder", "ngram", "--dimensions", "16"];

/** A command line that writes pairs to `output`. */
const WRITERS: Readonly<Record<string, (input: string, output: string) => string[]>> = {
  mine: (_, output) => ["mine", ...TOWN, ...NGRAM, "-o", output],
  score: (input, output) => ["score", input, ...NGRAM, "-o", output],
  filter: (input, output) => ["filter", input, "-o", output],
  "filter --rejected": (input, output) => ["filter", input, "-o", `${input}.kept.tsv`, "--rejected", output],
  dedup: (input, output) => ["dedup", input, "-o", output],
  convert: (input, output) => ["convert", input, "-o", output],
  "filter --explain": (input, output) => ["filter", input, "--explain", "-o", output],
};

const bitext = (folder: string) => {
  const path = join(folder, "pairs.tsv");
  writeFileSync(path, "Der Hafen ist alt.\tThe harbour is old.\nDie Mühle\tThe mill\n");
  return path;
};

for (const [name, argv] of Object.entries(WRITERS))
  test(`${name} refuses the name of a format that it does not write, and writes nothing`, async (t) => {
    const folder = temporaryFolder(t);
    const input = bitext(folder);
    for (const suffix of ["json", "csv", "xlsx", "parquet", "bin", "CSV.gz", "xliff.zst"]) {
      const output = join(folder, `out.${suffix}`);
      const { code, stderr } = await crisscross(argv(input, output));
      t.is(code, 2, suffix);
      t.regex(
        stderr,
        new RegExp(`out\\.${suffix}: its name says \\.${suffix.split(".")[0].toLowerCase()}, in which`),
      );
    }
    for (const suffix of ["tsv.lz4", "jsonl.zip", "tsv.xz"])
      t.not((await crisscross(argv(input, join(folder, `out.${suffix}`)))).code, 0, suffix);
    t.deepEqual(
      readdirSync(folder).filter((file) => file.startsWith("out")),
      [],
    );
  });

test("mine and select write what an output's name says", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const run = at("run");
  const mined = ["mine", ...TOWN, ...NGRAM, "--run", run];
  t.is((await crisscross([...mined, "-o", at("m.tmx")])).code, 0);
  const pairs = (await crisscross(["select", run])).stdout.trimEnd().split("\n");

  const tmx = await crisscross(["convert", at("m.tmx"), "--languages", "de,en"]);
  const scored = await crisscross([
    "convert",
    at("m.tmx"),
    "--languages",
    "de,en",
    "--output-format",
    "jsonl",
  ]);
  t.deepEqual(tmx.stdout.trimEnd().split("\n"), pairs);
  t.is(scored.stdout.trimEnd().split("\n").length, pairs.length);

  const both = `${at("s.de")},${at("s.en")}`;
  const { code, stderr } = await crisscross(["select", run, "-o", both]);
  t.is(code, 0);
  t.regex(stderr, /moses has no place for scores/);
  for (const [side, language] of ["de", "en"].entries())
    t.deepEqual(
      readFileSync(at(`s.${language}`), "utf8")
        .trimEnd()
        .split("\n"),
      pairs.map((row) => row.split("\t")[side + 1]),
    );

  await crisscross(["select", run, "-o", at("s.jsonl.gz")]);
  t.is((await crisscross(["convert", at("s.jsonl.gz")])).stdout.trimEnd().split("\n").length, pairs.length);
  for (const name of ["s.txt", "s.out", "s"]) {
    await crisscross(["select", run, "-o", at(name)]);
    t.deepEqual(readFileSync(at(name), "utf8").trimEnd().split("\n"), pairs, name);
  }
  await crisscross(["select", run, "--output-format", "tsv", "-o", at("asked.json")]);
  t.deepEqual(readFileSync(at("asked.json"), "utf8").trimEnd().split("\n"), pairs);
});

test("TMX of a run without the languages is refused, and written with them", async (t) => {
  const folder = temporaryFolder(t);
  const [run, output] = [join(folder, "run"), join(folder, "s.tmx")];
  await crisscross(["mine", ...TOWN, ...NGRAM, "--run", run, "--quiet"]);
  const refused = await crisscross(["select", run, "-o", output]);
  t.is(refused.code, 2);
  t.regex(refused.stderr, /TMX names the language of each text\. Name them with --languages/);
  t.false(existsSync(output));
  t.is((await crisscross(["select", run, "-o", output, "--languages", "de,en"])).code, 0);
  t.regex(readFileSync(output, "utf8"), /<prop type="x-score">\d\.\d{6}<\/prop>\s*<tuv xml:lang="de">/);
});

test("mine with --run keeps Moses as two files of the run, named by their languages", async (t) => {
  const run = join(temporaryFolder(t), "a,b");
  await crisscross(["mine", ...TOWN, ...NGRAM, "--run", run, "--output-format", "moses"]);
  const lines = ["de", "en"].map(
    (name) => readFileSync(join(run, `pairs.${name}`), "utf8").split("\n").length,
  );
  t.is(lines[0], lines[1]);
});

test("two names are moses alone, and what has no place in it is refused", async (t) => {
  const at = (name: string) => join(temporaryFolder(t), name);
  const input = bitext(temporaryFolder(t));
  const refused = async (...argv: string[]) => {
    const { code, stderr } = await crisscross(argv);
    t.is(code, 2, argv.join(" "));
    return stderr;
  };
  const both = `${at("a.de")},${at("a.en")}`;
  t.regex(
    await refused("convert", input, "-o", `${at("a.tmx")},${at("b.tmx")}`),
    /a\.tmx: its name says \.tmx/,
  );
  t.regex(await refused("convert", input, "-o", `${at("a")},${at("b.tsv")}`), /b\.tsv: its name says \.tsv/);
  t.regex(
    await refused("filter", input, "-o", at("a.tsv"), "--rejected", both),
    /Format moses has no place for a reason/,
  );
  t.regex(
    await refused("mine", ...TOWN, "-o", both, "--columns", "line"),
    /--columns is line, but format moses has texts alone/,
  );
  t.regex(
    await refused("mine", ...TOWN, "-o", at("a.tsv"), "--languages", "de,en"),
    /format tsv names no languages/,
  );
});

test("the names of two files tell TMX its languages, and one file without any is refused at once", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "out.tmx");
  t.is((await crisscross(["convert", ...TOWN.map((path) => path), "-o", output])).code, 0);
  t.regex(readFileSync(output, "utf8"), /srclang="de"[\s\S]*<tuv xml:lang="de">[\s\S]*<tuv xml:lang="en">/);
  for (const command of ["convert", "dedup", "filter", "score"]) {
    const { code, stderr } = await crisscross([command, bitext(folder), "-o", join(folder, "no.tmx")]);
    t.is(code, 2, command);
    t.regex(stderr, /TMX names the language of each text/);
    t.false(existsSync(join(folder, "no.tmx")));
  }
});

test("a folder is not written under the name of a file, nor vectors under another format's", async (t) => {
  const folder = temporaryFolder(t);
  const input = bitext(folder);
  const at = (name: string) => join(folder, name);
  for (const [argv, output] of [
    [["extract", "samples/town.de"], "de.jsonl.zst"],
    [["split", input, "--test", "1", "--dev", "0"], "split.tsv"],
    [["search", "a.npy", "b.npy"], "shard.npy"],
    [["merge", at("shard")], "run.tsv"],
    [["distil", "builtin"], "table.safetensors"],
    [["train", "table", "--pairs", input], "model.onnx"],
    [["embed", "samples/town.de", ...NGRAM], "vectors.txt"],
    [["embed", "samples/town.de", ...NGRAM], "vectors.npy.gz"],
  ] as const) {
    const { stderr } = await crisscross([...argv, "-o", at(output)]);
    t.regex(stderr, new RegExp(`${output}: its name says \\.`), argv[0]);
    t.false(existsSync(at(output)), argv[0]);
  }
});

test("the library takes names at their word, too", async (t) => {
  const none = (async function* () {})();
  await t.throwsAsync(writePairs(none, "pairs.csv"), { message: /its name says \.csv.*Name it \.tsv/ });
  t.throws(() => openPairs("pairs.parquet"), { message: /its name says \.parquet/ });
  t.throws(() => openPairs(["pairs.de", "pairs.jsonl"]), { message: /two outputs are moses/ });
});
