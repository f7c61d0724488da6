import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { readDocuments } from "../../../../src/read/documents/read-documents.js";
import { writeDump, writeTextDump } from "../../../dump.js";
import { makeCorpus } from "../corpus.js";
import { all, type Reader } from "./reader.js";

const { source, target } = makeCorpus(60, 2);

const address = (id: number) => `https://example.org/${id}`;
const html = (id: number) =>
  `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>${id}</title><style>p { color: red }</style></head>
<body><nav><a href="/">home</a></nav><main><h1>${source[id]}</h1>${source
    .slice(id, id + 6)
    .map((text) => `<p>${text} &amp; <b>${text}</b><br>${text}</p>`)
    .join("\n")}<table><tr><td>1<td>2</table><script>let x = "<p>";</script></main></body></html>`;

const pages = Array.from({ length: 6 }, (_, id) => ({ url: address(id), id, html: html(id) }));
const texts = Array.from({ length: 6 }, (_, id) => ({
  url: address(id),
  id,
  text: target.slice(6 * id, 6 * id + 6).join("\n"),
}));
const documents = texts.map(({ id, url, text }) => ({ id, url, text, content: { text } }));

const arc = texts
  .map(({ url, text }) => {
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>${text}</p>`;
    return `${url} 127.0.0.1 20240501000000 text/html ${Buffer.byteLength(answer)}\n${answer}\n`;
  })
  .join("");
const ARC_HEAD = "filedesc://a.arc 0.0.0.0 20240501000000 text/plain 10\n1 0 test\n\n\n";

/** What stands in a dump, by the file's name. */
const DUMPS: Readonly<Record<string, Buffer | string>> = {
  "a.warc": gunzipSync(writeDump(pages)),
  "a.warc.gz": writeDump(pages),
  "a.warc.wet": gunzipSync(writeTextDump(texts)),
  "a.warc.wet.gz": writeTextDump(texts),
  "a.arc": ARC_HEAD + arc,
  "a.jsonl": documents.map((document) => `${JSON.stringify(document)}\n`).join(""),
  "a.json": JSON.stringify(documents),
  "a.txt": texts.map(({ text }) => text).join("\n\n"),
};

function dumpReader(file: string, onError: "stop" | "skip"): Reader {
  return {
    name: `documents: ${file}, ${onError}`,
    make: async (folder) => {
      writeFileSync(join(folder, file), DUMPS[file]);
      return [file];
    },
    read: async (folder) => {
      const skipped: string[] = [];
      const onSkip = ({ message }: Error) => skipped.push(message);
      const read = await all(readDocuments(join(folder, file), { onError, onSkip }));
      return { read, skipped };
    },
  };
}

/** A page that is spoiled inside of a dump that is sound; its answer may be packed itself. */
function pageReader(packed: boolean): Reader {
  return {
    name: `documents: HTML in WARC${packed ? ", packed" : ""}`,
    make: async (folder) => {
      writeFileSync(join(folder, "page.html"), packed ? gzipSync(html(0)) : html(0));
      return ["page.html"];
    },
    pack: (_, bytes) => warcOf(bytes, packed ? "Content-Encoding: gzip\r\n" : ""),
    read: (folder) => all(readDocuments(join(folder, "page.html"), { format: "warc" })),
  };
}

function warcOf(body: Buffer, header: string): Buffer {
  const answer = Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n${header}\r\n`),
    body,
  ]);
  const head = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: ${address(0)}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${answer.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), answer, Buffer.from("\r\n\r\n")]);
}

/** Readers of dumps and of the pages in them. */
export const DUMP_READERS: readonly Reader[] = [
  ...Object.keys(DUMPS).map((file, i) => dumpReader(file, i % 2 === 0 ? "stop" : "skip")),
  dumpReader("a.warc.gz", "stop"),
  dumpReader("a.warc", "skip"),
  pageReader(false),
  pageReader(true),
];
