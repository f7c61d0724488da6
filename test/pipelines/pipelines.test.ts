import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import test from "ava";
import { crisscross } from "../cli/terminal.js";
import { writeDump } from "../dump.js";
import { open } from "../embed/folders.js";
import { townDump } from "../pages/town-dump.js";
import { temporaryFolder } from "../temporary-folder.js";

const SENTENCES_A_PAGE = { de: 13, en: 10 };

function commonCrawl(...argv: string[]) {
  return spawnSync("pipelines/common-crawl.sh", argv, {
    encoding: "utf8",
    env: { ...process.env, CRISSCROSS: `${process.execPath} dist/cli/crisscross.js` },
  });
}

const sentences = (language: "de" | "en") =>
  readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n");

/** Pages of the town's paper in one language: a menu, a headline, paragraphs of two sentences, a script. */
function townPages(language: "de" | "en") {
  const lines = sentences(language);
  const size = SENTENCES_A_PAGE[language];
  return Array.from({ length: lines.length / size }, (_, page) => {
    const own = lines.slice(page * size, (page + 1) * size);
    const paragraphs = own.flatMap((line, i) =>
      i % 2 ? [] : [`<p>${[line, ...own.slice(i + 1, i + 2)].join(" ")}</p>`],
    );
    const html = `<!doctype html><html lang="${language}"><head><title>${page}</title><style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Start</a></li><li><a href="/news">News</a></li></ul></nav>
<main>${paragraphs.join("\n")}</main><script>let sentence = "No sentence.";</script></body></html>`;
    return { url: urlOf(language, page), id: page + (language === "de" ? 1 : 101), html };
  });
}

const urlOf = (language: string, page: number) => `https://${language}.example/${page}`;

test("common-crawl finds the known translations of a dump, with the addresses of both pages", (t) => {
  const folder = temporaryFolder(t);
  const [de, en] = [townPages("de"), townPages("en")];
  const dumps = [join(folder, "a.warc.gz"), join(folder, "b.warc.gz")];
  writeFileSync(dumps[0], writeDump([...de.slice(0, 10), ...en.slice(0, 13)]));
  writeFileSync(dumps[1], writeDump([...en.slice(13), ...de.slice(10)]));

  const { status, stderr } = commonCrawl(folder, "de", "en", ...dumps, "--", "--quiet");
  t.is(status, 0, stderr);
  const found = gunzipSync(readFileSync(join(folder, "de-en.tsv.gz"))).toString();
  const urls = new Map(
    found
      .trimEnd()
      .split("\n")
      .map((row) => row.split("\t"))
      .map(([, source, target, ...addresses]) => [`${source}\t${target}`, addresses]),
  );

  const known = readFileSync("samples/town.de-en.gold", "utf8")
    .trimEnd()
    .split("\n")
    .map((pair) => pair.split("\t").map((line) => Number(line) - 1));
  const [sources, targets] = [sentences("de"), sentences("en")];
  let hits = 0;
  for (const [x, y] of known) {
    const addresses = urls.get(`${sources[x]}\t${targets[y]}`);
    if (!addresses) continue;
    hits++;
    t.deepEqual(addresses, [
      urlOf("de", Math.floor(x / SENTENCES_A_PAGE.de)),
      urlOf("en", Math.floor(y / SENTENCES_A_PAGE.en)),
    ]);
  }
  t.true(hits >= 0.9 * known.length, `${hits} of ${known.length} known pairs`);
  t.false(found.includes("Start"));
  t.false(found.includes("No sentence"));

  const again = commonCrawl(folder, "de", "en", ...dumps, "--", "--quiet");
  t.is(again.status, 0);
  t.regex(again.stderr, /sentences: done before, kept/);
});

test("common-crawl --by page pairs the sentences of pages that translate each other, with both addresses", (t) => {
  const folder = temporaryFolder(t);
  const dump = join(folder, "a.warc.gz");
  const { bytes, gold } = townDump();
  writeFileSync(dump, bytes);
  const { status, stderr } = commonCrawl(folder, "de", "en", dump, "--by", "page", "--", "--quiet");
  t.is(status, 0, stderr);
  const rows = gunzipSync(readFileSync(join(folder, "de-en.pages.tsv.gz")))
    .toString()
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t"));
  const right = rows.filter(([, source, target]) => gold.has(`${source}\t${target}`));
  t.true(right.length >= 0.9 * gold.size, `${right.length} of ${gold.size}`);
  t.true(rows.every((row) => row[8].startsWith("https://de.") && row[9].startsWith("https://en.")));
  t.false(existsSync(join(folder, "mining")));

  const again = commonCrawl(folder, "de", "en", dump, "--by", "page");
  t.is(again.status, 0);
  t.regex(again.stderr, /alignments: done before, kept/);
});

test("common-crawl says what the dump lacks", (t) => {
  const folder = temporaryFolder(t);
  t.is(commonCrawl(folder, "de").status, 2);
  t.is(commonCrawl(folder, "de", "en", "--by", "page").status, 2);
  t.is(commonCrawl(folder, "de", "en", "a.warc.gz", "--by", "word").status, 2);
  t.is(commonCrawl(folder, "de", "en", "a.warc.gz", "--by").status, 2);
  const dump = join(folder, "a.warc.gz");
  writeFileSync(dump, writeDump(townPages("de").slice(0, 2)));
  const { status, stderr } = commonCrawl(join(folder, "work"), "de", "en", dump);
  t.is(status, 1);
  t.regex(stderr, /the dump has no sentence in en; .*sentences has: de\.jsonl\.zst/);
  t.false(existsSync(join(folder, "work", "de-en.tsv.gz")));
});

function mineFolder(...argv: string[]) {
  return spawnSync("pipelines/mine-folder.sh", argv, {
    encoding: "utf8",
    env: { ...process.env, CRISSCROSS: `${process.execPath} dist/cli/crisscross.js` },
  });
}

test("mine-folder mines every language with the pivot, and leaves what is there", async (t) => {
  const folder = temporaryFolder(t);
  cpSync("samples/town.en", join(folder, "en.txt"));
  cpSync("samples/town.de", join(folder, "de.txt"));
  writeFileSync(join(folder, "fr.txt.gz"), gzipSync(readFileSync("samples/town.fr")));

  t.is(mineFolder(folder, "en", "--threshold", "1.35", "--quiet").status, 0);
  t.deepEqual(readdirSync(join(folder, "bitext")), ["de-en.tsv.gz", "fr-en.tsv.gz"]);
  for (const language of ["de", "fr"]) {
    const bitext = gunzipSync(readFileSync(join(folder, "bitext", `${language}-en.tsv.gz`))).toString();
    const mined = await crisscross([
      "mine",
      `samples/town.${language}`,
      "samples/town.en",
      "--threshold",
      "1.35",
    ]);
    t.is(bitext, mined.stdout);
  }

  const before = statSync(join(folder, "bitext", "de-en.tsv.gz")).mtimeMs;
  const again = mineFolder(folder, "en");
  t.deepEqual([again.status, again.stderr], [0, ""]);
  t.is(statSync(join(folder, "bitext", "de-en.tsv.gz")).mtimeMs, before);
});

test("mine-folder tells the encoder of a translator the languages of its texts", (t) => {
  const folder = temporaryFolder(t);
  for (const language of ["de", "en"])
    writeFileSync(
      join(folder, `${language}.txt`),
      readFileSync(`samples/town.${language}`, "utf8").split("\n").slice(0, 20).join("\n"),
    );
  const { status, stderr } = mineFolder(folder, "en", "--encoder", "test/pipelines/translators/mbart");
  t.is(status, 0, stderr);
  t.regex(stderr, /languages de_DE and en_XX/);
});

test("mine-folder says what it lacks", (t) => {
  const folder = temporaryFolder(t);
  t.is(mineFolder(folder).status, 2);
  const { status, stderr } = mineFolder(folder, "en");
  t.is(status, 1);
  t.regex(stderr, /has no en\.txt/);
});

/** Encoders of tiny random weights that `encoder_folders.py` made, with the vectors of LASER and SONAR themselves. */
const ENCODERS = "test/pipelines/encoders";

for (const name of ["laser2", "laser3", "laser3-cls", "sonar"])
  test(`${name}: every vector is within 1e-4 of the original's`, async (t) => {
    const folder = join(ENCODERS, name);
    const { texts, vectors } = JSON.parse(readFileSync(join(folder, "reference.json"), "utf8"));
    const encoder = await open(folder, t);
    const byLanguage: [string | undefined, number[][]][] = Array.isArray(vectors)
      ? [[undefined, vectors]]
      : Object.entries(vectors);
    for (const [language, rows] of byLanguage) {
      const found = await encoder.encode(texts, { language });
      const expected = rows.flat();
      t.is(found.length, expected.length);
      const differences = expected.map((value, i) => Math.abs(value - found[i]));
      t.true(Math.max(...differences) < 1e-4, `off by ${Math.max(...differences)}`);
    }
  });

test("SONAR is told the language of a text, one of NLLB's", async (t) => {
  const encoder = await open(join(ENCODERS, "sonar"), t);
  t.is(encoder.languages?.codes.length, 202);
  t.deepEqual(
    ["wol", "wo", "arb_Arab", "srp"].map((language) => encoder.languages?.codeOf("source", language)),
    ["wol_Latn", "wol_Latn", "arb_Arab", "srp_Cyrl"],
  );
});

test("encoders of one space are mined together once their space has a name", async (t) => {
  const folder = temporaryFolder(t);
  const text = join(folder, "text");
  writeFileSync(text, "the mill by the river\na long road with stone walls\nthe old house and its garden\n");
  const [wolof, english] = ["laser3", "laser3-cls"].map((name) => join(ENCODERS, name));
  const vectors = (name: string) => join(folder, `${name}.npy`);
  const embed = async (encoder: string, name: string, ...flags: string[]) => {
    const argv = ["embed", text, "--encoder", encoder, "-o", vectors(name), ...flags];
    t.is((await crisscross(argv)).code, 0);
  };
  await embed(wolof, "wol", "--space", "LASER2");
  await embed(english, "eng", "--space", "LASER2");
  await embed(english, "own");

  const mined = await crisscross(["mine", vectors("wol"), vectors("eng"), "--no-centre"]);
  t.is(mined.code, 0, mined.stderr);
  t.regex(mined.stderr, /LASER2/);
  const refused = await crisscross(["mine", vectors("wol"), vectors("own")]);
  t.is(refused.code, 2);
  t.regex(
    refused.stderr,
    /vectors are of LASER2, the target's of laser3-cls-model-8-[0-9a-f]{12}: they cannot/,
  );
});

test("embed refuses an empty name for a space", async (t) => {
  const { code, stderr } = await crisscross(["embed", "samples/town.de", "--space", " ", "-o", "de.npy"]);
  t.is(code, 2);
  t.regex(stderr, /--space/);
});
