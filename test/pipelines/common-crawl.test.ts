import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import test from "ava";
import { writeDump } from "../dump.js";
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

test("common-crawl says what the dump lacks", (t) => {
  const folder = temporaryFolder(t);
  t.is(commonCrawl(folder, "de").status, 2);
  const dump = join(folder, "a.warc.gz");
  writeFileSync(dump, writeDump(townPages("de").slice(0, 2)));
  const { status, stderr } = commonCrawl(join(folder, "work"), "de", "en", dump);
  t.is(status, 1);
  t.regex(stderr, /the dump has no sentence in en; .*sentences has: de\.jsonl\.zst/);
  t.false(existsSync(join(folder, "work", "de-en.tsv.gz")));
});
