import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import test from "ava";
import { decodeBody } from "../../../src/read/warc/decode-body.js";
import { parseHttp } from "../../../src/read/warc/http-response.js";
import { packZstd } from "../../zstd/pack-zstd.js";

async function decode(head: string, body: string | Buffer) {
  const decoded = await decodeBody(parseHttp(Buffer.concat([Buffer.from(head), Buffer.from(body)]))!);
  return decoded && { text: decoded.bytes.toString(), cut: decoded.cut };
}

async function bodyOf(head: string, body: string | Buffer): Promise<string | undefined> {
  return (await decode(head, body))?.text;
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

test("chunks are joined, with extensions and trailers passed over", async (t) => {
  const head = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
  t.is(await bodyOf(head, "5\r\nchunk\r\n6;name=x\r\nsecond\r\n0\r\nTrailer: x\r\n\r\n"), "chunksecond");
  t.is(await bodyOf(head, "5\nchunk\n6\nsecond\n0\n"), "chunksecond");
  t.is(await bodyOf(head, "A\r\ncut short"), "cut short");
});

test("what only says that it is chunked is taken as it is, from where it no longer is", async (t) => {
  const head = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
  t.is(await bodyOf(head, "<p>plain</p>\n"), "<p>plain</p>\n");
  t.is(await bodyOf(head, "3\r\nabc\r\n<p>rest"), "abc<p>rest");
});

const PAGE = "<p>päge</p>".repeat(50);
const CODED: readonly [coding: string, Buffer][] = [
  ["gzip", gzipSync(PAGE)],
  ["X-GZIP", gzipSync(PAGE)],
  ["deflate", deflateSync(PAGE)],
  ["deflate", deflateRawSync(PAGE)],
  ["br", brotliCompressSync(PAGE)],
  ["br, gzip", gzipSync(brotliCompressSync(PAGE))],
  ["gzip, gzip", gzipSync(gzipSync(PAGE))],
  ["gzip\r\nContent-Encoding: br", brotliCompressSync(gzipSync(PAGE))],
];

test("content codings are undone, and left where there are none", async (t) => {
  for (const [coding, body] of CODED) {
    const head = `${OK}Content-Encoding: ${coding}\r\n\r\n`;
    t.is(await bodyOf(head, body), PAGE, coding);
    t.is(await bodyOf(head, PAGE), PAGE, `${coding} that is none`);
  }
  t.is(await bodyOf(`${OK}Content-Encoding: identity\r\n\r\n`, PAGE), PAGE);
});

test("zstd is a content coding, of which the beginning is kept too", async (t) => {
  const head = `${OK}Content-Encoding: zstd\r\n\r\n`;
  t.deepEqual(await decode(head, await packZstd(PAGE)), { text: PAGE, cut: false });
  t.is(await bodyOf(head, PAGE), PAGE);
  // A frame is unpacked a block at a time, of 128 KiB each.
  const long = Array.from({ length: 200_000 }, (_, i) => `${(i * 7919) % 1_000_003}`).join(" ");
  const half = await decode(head, halfOf(await packZstd(long)));
  t.true(half?.cut);
  t.true(half !== undefined && half.text.length > 2 ** 18 && long.startsWith(half.text));
});

test("what is said to be coded twice and is coded once, or not at all though brotli could take it, is whole", async (t) => {
  t.is(await bodyOf(`${OK}Content-Encoding: gzip, gzip\r\n\r\n`, gzipSync(PAGE)), PAGE);
  // "Am" begins a block of brotli that holds bytes as they are.
  const sentence = "Am Montag steht er hier und geht noch weiter, als man denkt.\n";
  t.deepEqual(await decode(`${OK}Content-Encoding: br\r\n\r\n`, sentence), { text: sentence, cut: false });
});

test("of more codings than anybody means five are undone", async (t) => {
  const packed = Array.from({ length: 6 }).reduce<Buffer>((body) => gzipSync(body), Buffer.from(PAGE));
  const decoded = await decodeBody({
    status: 200,
    fields: new Map([["content-encoding", Array(9).fill("gzip").join()]]),
    body: packed,
  });
  t.deepEqual(decoded?.bytes, gzipSync(PAGE));
});

test("a transfer coding beside the chunks is undone", async (t) => {
  const packed = gzipSync(PAGE);
  const chunks = Buffer.concat([
    Buffer.from(`${packed.length.toString(16)}\r\n`),
    packed,
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
  t.is(await bodyOf(`${OK}Transfer-Encoding: gzip, chunked\r\n\r\n`, chunks), PAGE);
});

const CHUNKED = "Transfer-Encoding: chunked";
const NUMBERS = Array.from({ length: 5000 }, (_, i) => `${(i * 7919) % 10_007}`).join(" ");
const halfOf = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

const CUT: readonly [what: string, head: string, body: string | Buffer, kept: string | RegExp][] = [
  ["that is shorter than its length", "Content-Length: 12", "<p>half a", "<p>half a"],
  ["whose chunk is not all there", CHUNKED, "5\r\nwhole\r\nA\r\nhalf", "wholehalf"],
  ["without a last chunk", CHUNKED, "5\r\nwhole\r\n", "whole"],
  ["that ends in the size of a chunk", CHUNKED, "5\r\nwhole\r\n1f", "whole"],
  ["of half a gzip", "Content-Encoding: gzip", halfOf(gzipSync(NUMBERS)), /^0 7919 /],
  ["of half a deflate", "Content-Encoding: deflate", halfOf(deflateSync(NUMBERS)), /^0 7919 /],
  ["of half a bare deflate", "Content-Encoding: deflate", halfOf(deflateRawSync(NUMBERS)), /^0 7919 /],
  ["of half a brotli", "Content-Encoding: br", halfOf(brotliCompressSync(NUMBERS)), /^0 7919 /],
  [
    "of half a gzip in a gzip",
    "Content-Encoding: gzip, gzip",
    gzipSync(halfOf(gzipSync(NUMBERS))),
    /^0 7919 /,
  ],
];

for (const [what, head, body, kept] of CUT) {
  test(`a body ${what} is known to be cut`, async (t) => {
    const decoded = await decode(`${OK}${head}\r\n\r\n`, body);
    t.true(decoded?.cut);
    if (typeof kept === "string") t.is(decoded?.text, kept);
    else t.regex(decoded?.text ?? "", kept);
  });
}

test("a body that is whole is not cut, though its length is that of another coding", async (t) => {
  const whole: [head: string, body: string | Buffer][] = [
    ["Content-Length: 5", "whole"],
    ["Content-Length: 99\r\nContent-Encoding: gzip", "whole"],
    ["Content-Length: 99\r\nContent-Encoding: gzip", gzipSync("whole")],
    [`Content-Length: 99\r\n${CHUNKED}`, "5\r\nwhole\r\n0\r\n\r\n"],
    [CHUNKED, "whole"],
  ];
  for (const [head, body] of whole)
    t.deepEqual(await decode(`${OK}${head}\r\n\r\n`, body), { text: "whole", cut: false }, head);
});

test("of a coded body that is cut short the beginning is kept", async (t) => {
  const text = Array.from({ length: 5000 }, (_, i) => `${(i * 7919) % 10_007}`).join(" ");
  const packed = gzipSync(text);
  const kept = await bodyOf(`${OK}Content-Encoding: gzip\r\n\r\n`, packed.subarray(0, packed.length / 2));
  t.true(kept !== undefined && kept.length > text.length / 4 && text.startsWith(kept));
});

test("a body that unpacks to more than 16 MiB is refused", async (t) => {
  const zeros = Buffer.alloc(2 ** 25);
  for (const [coding, bomb] of [
    ["gzip", gzipSync(zeros)],
    ["br", brotliCompressSync(zeros).subarray(0, -2)],
    ["zstd", await packZstd(zeros)],
    ["gzip, gzip", gzipSync(gzipSync(zeros))],
  ] as const)
    t.is(await bodyOf(`${OK}Content-Encoding: ${coding}\r\n\r\n`, bomb), undefined, coding);
});
