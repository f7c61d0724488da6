import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { writePairs } from "../../src/write/write-pairs.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

/** The town's sentences as JSON lines, each with its address. */
function writeSides(folder: string): string[] {
  return ["de", "en"].map((language) => {
    const texts = readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n");
    const path = join(folder, `${language}.jsonl`);
    const records = texts.map((text, i) => ({ text, url: `http://${language}/${i + 1}` }));
    writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return path;
  });
}

const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t"));

const ROWS =
  "src\ttgt\tmy url\tscore\nDer Hafen\tThe harbour\thttp://a/\t0.5\nDie Mühle\tThe mill\thttp://b/\t0.25\n";

test("addresses that mine writes below their names come out of filter as properties of TMX, by way of score and dedup", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const run = (...argv: string[]) => crisscross([...argv, "--quiet"]);
  const mined = [
    "mine",
    ...writeSides(folder),
    "--encoder",
    "ngram",
    "--dimensions",
    "16",
    "--columns",
    "url",
  ];
  await run(...mined, "-o", at("bare.tsv"));
  await run(...mined, "--header", "-o", at("pairs.tsv"));
  const header = "score\tsource\ttarget\tsourceUrl\ttargetUrl\n";
  t.is(readFileSync(at("pairs.tsv"), "utf8"), header + readFileSync(at("bare.tsv"), "utf8"));

  await run(
    "score",
    at("pairs.tsv"),
    "--encoder",
    "ngram",
    "--dimensions",
    "16",
    "--add",
    "cosine",
    "-o",
    at("scored.tsv"),
  );
  await run("dedup", at("scored.tsv"), "-o", at("distinct.tsv"));
  t.deepEqual(rowsOf(readFileSync(at("distinct.tsv"), "utf8"))[0], [
    ...["score", "source", "target", "sourceUrl", "targetUrl", "cosine"],
  ]);
  await run("filter", at("distinct.tsv"), "--languages", "de,en", "-o", at("kept.tmx"));
  const [, source, , url] = rowsOf(readFileSync(at("pairs.tsv"), "utf8"))[1];
  const unit = readFileSync(at("kept.tmx"), "utf8")
    .split("<tu>")
    .find((one) => one.includes(source))!;
  t.true(unit.includes(`<prop type="x-source-url">${url}</prop>`));
  t.regex(unit, /<prop type="x-target-url">http:\/\/en\/\d+<\/prop>/);

  await run(...mined, "-o", at("pairs.tmx"), "--languages", "de,en");
  t.true(readFileSync(at("pairs.tmx"), "utf8").includes(`<prop type="x-source-url">${url}</prop>`));
});

for (const [command, more, expected] of [
  ["dedup", [], "src\ttgt\tmy url\tscore"],
  ["convert", [], "src\ttgt\tmy url\tscore"],
  ["filter", [], "src\ttgt\tmy url\tscore"],
  [
    "score",
    ["--encoder", "ngram", "--dimensions", "16", "--add", "length"],
    "src\ttgt\tmy url\tscore\tlength",
  ],
] as const)
  test(`${command} passes on the names of columns, and leaves them out if asked to`, async (t) => {
    const argv = [command, "-", ...more, "--quiet"];
    t.is((await crisscross(argv, ROWS)).stdout.split("\n")[0], expected);
    const without = await crisscross([...argv, "--output-header", "no"], ROWS);
    t.is(without.stdout.split("\n")[0].split("\t")[0], "Der Hafen");
  });

test("names are given to columns that have none, if they are asked for", async (t) => {
  const argv = ["convert", "-", "--header", "no", "--output-header", "yes"];
  const { stdout } = await crisscross(argv, "a b c\tA B C\thttp://a/\n");
  t.is(stdout, "source\ttarget\tcolumn3\na b c\tA B C\thttp://a/\n");
});

test("split gives each part the names, and filter what it rejects", async (t) => {
  const folder = temporaryFolder(t);
  const rows = Array.from({ length: 9 }, (_, i) => `Satz ${i}\tsentence ${i}\thttp://${i}/\t0.5\n`).join("");
  const input = join(folder, "in.tsv");
  writeFileSync(input, `src\ttgt\tmy url\tscore\n${rows}`);
  await crisscross(["split", input, "--test", "1", "--dev", "1", "-o", folder]);
  for (const part of ["train", "dev", "test"])
    t.regex(readFileSync(join(folder, `${part}.tsv`), "utf8"), /^src\ttgt\tmy url\tscore\nSatz/);
  const rejected = join(folder, "rejected.tsv");
  await crisscross(
    ["filter", "-", "-o", join(folder, "kept.tsv"), "--rejected", rejected],
    `${ROWS}x\tx\t\t1\n`,
  );
  t.deepEqual(rowsOf(readFileSync(rejected, "utf8"))[0], ["src", "tgt", "my url", "score", "reason"]);
});

test("columns become fields of JSON lines by their names, unless a name says something else", async (t) => {
  const named = await crisscross(["convert", "-", "--output-format", "jsonl"], ROWS);
  t.is(
    named.stdout.split("\n")[0],
    '{"score":0.5,"source":"Der Hafen","target":"The harbour","my url":"http://a/"}',
  );
  const csv = "de,en,score,__proto__,tmx,\na,A,7,x,y,z\n";
  const read = ["--format", "csv", "--header", "yes", "--columns", "1,2"];
  const { stdout } = await crisscross(["convert", "-", ...read, "--output-format", "jsonl"], csv);
  t.is(stdout, '{"source":"a","target":"A","column3":"7","__proto__":"x","column5":"y","column6":"z"}\n');
});

test("fields of JSON lines become columns below their names", async (t) => {
  const lines = '{"source":"a","target":"A","url":"u","n":1}\n{"source":"b","target":"B","n":2,"more":3}\n';
  const argv = ["convert", "-", "--format", "jsonl"];
  const { stdout } = await crisscross([...argv, "--output-header", "yes"], lines);
  t.is(stdout, "source\ttarget\turl\tn\na\tA\tu\t1\nb\tB\t\t2\n");
  t.is((await crisscross(argv, lines)).stdout, "a\tA\nb\tB\n");
});

test("what crisscross wrote as properties of TMX becomes the columns again that it was", async (t) => {
  const names = ["score", "source", "target", "sourceUrl", "forwardRank", "my field"];
  const table = [names, ["0.500000", "a b", "A B", "u", "1", "x"], ["0.250000", "c", "C", "v", "2", "y z"]]
    .map((row) => `${row.join("\t")}\n`)
    .join("");
  const tmx = await crisscross(
    ["convert", "-", "--output-format", "tmx", "--languages", "de,en", "--quiet"],
    table,
  );
  const back = ["convert", "-", "--format", "tmx", "--output-format", "tsv", "--output-header", "yes"];
  t.is((await crisscross(back, tmx.stdout)).stdout, table);

  const lacking = tmx.stdout.replace(/ *<prop type="x-source-url">u<\/prop>\n/, "");
  const { stdout, stderr } = await crisscross(back, lacking);
  t.is(stdout.split("\n")[0], "score\tsource\ttarget\tforwardRank\tmy field");
  t.regex(stderr, /1 pair has fields that the first pair lacks.*left out sourceUrl\./);
});

test("properties of TMX that repeat a name, or have one of ours, keep their texts as columns", async (t) => {
  const properties = ["domain", "domain", "source"].map((name, i) => `<prop type="x-${name}">${i}</prop>`);
  const unit = `<tu>${properties.join("")}<tuv xml:lang="de"><seg>a</seg></tuv><tuv xml:lang="en"><seg>A</seg></tuv></tu>`;
  const document = `<tmx version="1.4"><header srclang="de"/><body>${unit}</body></tmx>`;
  const argv = ["convert", "-", "--format", "tmx", "--output-header", "yes"];
  const { stdout } = await crisscross(argv, document);
  t.is(stdout, "source\ttarget\tdomain\tx-source\na\tA\t0 1\t2\n");
});

test("fields that the first line lacks have no column, and are counted and told with their names", async (t) => {
  const lines = [
    '{"source":"a","target":"A","n":1}',
    '{"source":"b","target":"B","n":2,"url":"u"}',
    '{"source":"c","target":"C","date":"d","url":"u"}',
  ].join("\n");
  const read = ["-", "--format", "jsonl", "--output-format", "tsv"];
  for (const argv of [["convert"], ["dedup"]]) {
    const { stdout, stderr } = await crisscross([...argv, ...read, "--output-header", "yes"], lines);
    t.is(stdout.split("\n")[0], "source\ttarget\tn");
    t.regex(
      stderr,
      /crisscross: 2 pairs have fields that the first pair lacks, so that no column holds them: left out url, date\. Write JSON lines/,
    );
  }
  const { stderr } = await crisscross(["convert", ...read], lines);
  t.notRegex(stderr, /left out/);
});

test("a header is read again whatever a field of JSON is called", async (t) => {
  const input = "score\tsource\ttarget\tsourceMeta/at:1 (x)\n0.5\ta\tA\tq\n";
  const { stdout } = await crisscross(["convert", "-", "--output-format", "jsonl"], input);
  t.is(stdout, '{"score":0.5,"source":"a","target":"A","sourceMeta/at:1 (x)":"q"}\n');
});

test("a format without columns refuses a header", async (t) => {
  const refused = await crisscross(
    ["convert", "-", "--output-format", "jsonl", "--output-header", "yes"],
    ROWS,
  );
  t.is(refused.code, 2);
  t.regex(refused.stderr, /A header is asked for, but format jsonl has none/);
  const none = (async function* () {})();
  await t.throwsAsync(writePairs(none, "a.bucc", { header: true }), { message: /format bucc has none/ });
});
