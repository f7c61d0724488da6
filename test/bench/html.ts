/**
 * Our main text of pages beside trafilatura's: the share of its sentences that we have, and of ours that it lacks, over the
 * pages of the dumps in ../shared/data/warc and over those of test/read/html/pages.
 *
 *   node dist/test/bench/html.js [--python python3] [--missing]
 *
 * The Python has trafilatura. `--missing` prints the sentences that are not found. A sentence is found if its letters and
 * digits stand together in a block; what ends with no mark, or has fewer than 25 of them, is not held to be one.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { decodeText } from "../../src/read/charset/decode-text.js";
import { charsetOf, pageKind } from "../../src/read/documents/media-type.js";
import { readHtml } from "../../src/read/html/read-html.js";
import { readMembers } from "../../src/read/members/read-members.js";
import { openBytes } from "../../src/read/open.js";
import { decodeBody } from "../../src/read/warc/decode-body.js";
import { parseHttp } from "../../src/read/warc/http-response.js";
import { readRecords } from "../../src/read/warc/read-records.js";
import { describeMachine } from "./machine.js";

interface Page {
  url: string;
  body: Buffer;
  charset?: string;
}

const DUMPS = "../shared/data/warc";
const WRITTEN = "test/read/html/pages";
/** The whole ones; each page that two of them hold counts once. */
const SUFFIXES = /\.(?:warc|arc)(?:\.gz)?$/;
const SENTENCE_END = /[.!?…。！？؟।][\p{Pf}\p{Pe}"']*\s*$/u;
/** An ideograph, a kana or a syllable of Hangul counts as three letters. */
const SYLLABLE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;
const LEAST_LETTERS = 25;

const { values } = parseArgs({
  options: { python: { type: "string", default: "python3" }, missing: { type: "boolean", default: false } },
});

console.log(describeMachine());
compare("pages of the dumps", await readDumps());
const written = readdirSync(WRITTEN).filter((name) => name.endsWith(".html"));
compare(
  "pages written for it",
  written.map((name) => ({ url: name, body: readFileSync(join(WRITTEN, name)) })),
);

async function readDumps(): Promise<Page[]> {
  const pages = new Map<string, Page>();
  for (const name of readdirSync(DUMPS).filter((one) => SUFFIXES.test(one))) {
    const path = join(DUMPS, name);
    for await (const { url = "", block } of readRecords(
      readMembers(openBytes(path, path), path, path),
      path,
      () => {},
    )) {
      const response = parseHttp(block);
      const type = response?.fields.get("content-type") ?? "";
      const body = response?.status === 200 ? await decodeBody(response) : undefined;
      if (body && pageKind(type.toLowerCase(), body.bytes) === "html")
        pages.set(url, { url, body: body.bytes, charset: charsetOf(type) });
    }
  }
  return [...pages.values()];
}

function compare(name: string, pages: readonly Page[]): void {
  const input = pages.map(({ body }) => `${JSON.stringify({ html: body.toString("base64") })}\n`).join("");
  const printed = execFileSync(values.python, ["test/bench/main_text.py"], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const theirs = printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).text as string);
  const sum = { theirs: 0, found: 0, ours: 0, lacking: 0 };
  const shares: number[] = [];
  pages.forEach(({ url, body, charset }, index) => {
    if (theirs[index] === "") return;
    const blocks = readHtml(decodeText(body, charset).text).blocks;
    // It writes a row of a table in a line.
    const lines = theirs[index].split(/\n|(?:^|\s)\|(?:\s|$)/m);
    const [sentences, ours] = [sentencesOf(lines), sentencesOf(blocks)];
    const [ourText, theirText] = [blocks, lines].map((one) => one.map(lettersOf).join("\n"));
    const missing = sentences.filter((sentence) => !ourText.includes(sentence));
    const lacking = ours.filter((sentence) => !theirText.includes(sentence));
    if (sentences.length > 0) shares.push(1 - missing.length / sentences.length);
    sum.theirs += sentences.length;
    sum.found += sentences.length - missing.length;
    sum.ours += ours.length;
    sum.lacking += lacking.length;
    if (values.missing) {
      console.log(
        `${url}: ${missing.length} of ${sentences.length} missing, ${lacking.length} of ${ours.length} more`,
      );
      for (const sentence of missing) console.log(`  - ${sentence}`);
      for (const sentence of lacking) console.log(`  + ${sentence}`);
    }
  });
  const mean = shares.reduce((total, share) => total + share, 0) / shares.length;
  console.log(
    `${name}: of trafilatura's ${sum.theirs} sentences on ${shares.length} pages we have ${(sum.found / sum.theirs).toFixed(3)}, in the mean over pages ${mean.toFixed(3)}; of our ${sum.ours} it lacks ${(sum.lacking / sum.ours).toFixed(3)}`,
  );
}

/** The letters and digits of each sentence. */
function sentencesOf(lines: readonly string[]): string[] {
  const parts = lines.flatMap((line) => line.split(/(?<=[.!?…؟।])\s+|(?<=[。！？])/u));
  const sentences = parts.filter((part) => SENTENCE_END.test(part)).map(lettersOf);
  return sentences.filter((sentence) => sentence.replace(SYLLABLE, "$&$&$&").length >= LEAST_LETTERS);
}

function lettersOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}
