import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import test from "ava";
import { decodeBody } from "../../../src/read/warc/decode-body.js";
import { parseHttp } from "../../../src/read/warc/http-response.js";

function bodyOf(head: string, body: string | Buffer): string | undefined {
  const response = parseHttp(Buffer.concat([Buffer.from(head), Buffer.from(body)]));
  return response && decodeBody(response)?.toString();
}

const OK = "HTTP/1.1 200 OK\r\n";

test("a response has a status, fields and a body, its lines ended by CRLF or LF", (t) => {
  for (const end of ["\r\n", "\n"]) {
    const lines = [
      "HTTP/1.0 404 Not Found",
      "Content-Type: text/html",
      "x-long: one",
      "\ttwo",
      "",
      "body\r\n\r\nmore",
    ];
    const response = parseHttp(Buffer.from(lines.join(end)));
    t.is(response?.status, 404);
    t.is(response?.fields.get("content-type"), "text/html");
    t.is(response?.fields.get("x-long"), "one two");
    t.is(response?.body.toString(), "body\r\n\r\nmore");
  }
});

test("HTTP/2 has no reason, and what has no status line is no response", (t) => {
  t.is(parseHttp(Buffer.from("HTTP/2 200\r\n\r\n"))?.status, 200);
  t.is(parseHttp(Buffer.from("<html><p>HTTP/1.1 200</p>")), undefined);
});

test("chunks are joined, with extensions and trailers passed over", (t) => {
  const head = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
  t.is(bodyOf(head, "5\r\nchunk\r\n6;name=x\r\nsecond\r\n0\r\nTrailer: x\r\n\r\n"), "chunksecond");
  t.is(bodyOf(head, "5\nchunk\n6\nsecond\n0\n"), "chunksecond");
  t.is(bodyOf(head, "A\r\ncut short"), "cut short");
});

test("what only says that it is chunked is taken as it is, from where it no longer is", (t) => {
  const head = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
  t.is(bodyOf(head, "<p>plain</p>\n"), "<p>plain</p>\n");
  t.is(bodyOf(head, "3\r\nabc\r\n<p>rest"), "abc<p>rest");
});

const PAGE = "<p>päge</p>".repeat(50);
const CODED: readonly [coding: string, Buffer][] = [
  ["gzip", gzipSync(PAGE)],
  ["X-GZIP", gzipSync(PAGE)],
  ["deflate", deflateSync(PAGE)],
  ["deflate", deflateRawSync(PAGE)],
  ["br", brotliCompressSync(PAGE)],
  ["br, gzip", gzipSync(brotliCompressSync(PAGE))],
];

test("content codings are undone, and left where there are none", (t) => {
  for (const [coding, body] of CODED) {
    const head = `${OK}Content-Encoding: ${coding}\r\n\r\n`;
    t.is(bodyOf(head, body), PAGE, coding);
    t.is(bodyOf(head, PAGE), PAGE, `${coding} that is none`);
  }
  t.is(bodyOf(`${OK}Content-Encoding: identity\r\n\r\n`, PAGE), PAGE);
});

test("of a coded body that is cut short the beginning is kept", (t) => {
  const text = Array.from({ length: 5000 }, (_, i) => `${(i * 7919) % 10_007}`).join(" ");
  const packed = gzipSync(text);
  const kept = bodyOf(`${OK}Content-Encoding: gzip\r\n\r\n`, packed.subarray(0, packed.length / 2));
  t.true(kept !== undefined && kept.length > text.length / 4 && text.startsWith(kept));
});

test("a body that unpacks to more than 16 MiB is refused", (t) => {
  const bomb = gzipSync(Buffer.alloc(2 ** 24 + 1));
  t.is(bodyOf(`${OK}Content-Encoding: gzip\r\n\r\n`, bomb), undefined);
});
