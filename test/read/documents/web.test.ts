import { gzipSync } from "node:zlib";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { inChunks, writeFixture } from "../_fixtures.js";
import { arcRecord, responseRecord, warcRecord } from "../warc/_records.js";
import { read } from "./_read.js";

const HTML = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8";
const PAGE = responseRecord("<p>Eine Zeile.</p><p>Noch eine.</p>", HTML, "http://example.org/page");

test("a page gives its blocks, its address, and the place of its member", async (t) => {
  const members = [warcRecord("software: x", { "WARC-Type": "warcinfo" }), PAGE].map((record) =>
    gzipSync(record),
  );
  const { documents } = await read(inChunks(Buffer.concat(members), 100));
  t.deepEqual(documents, [
    {
      blocks: ["Eine Zeile.", "Noch eine."],
      offset: members[0].length,
      url: "http://example.org/page",
      id: undefined,
      head: { title: undefined, alternates: {} },
    },
  ]);
});

test("of a file that is compressed as a whole, the place is a byte of what it unpacks to", async (t) => {
  const { documents } = await read(inChunks(gzipSync(Buffer.concat([PAGE, PAGE]))));
  t.deepEqual(
    documents.map(({ offset }) => offset),
    [0, PAGE.length],
  );
});

test("a line of a WET is a block", async (t) => {
  const wet = warcRecord("First line.\n\n  Second line. \r\n", {
    "WARC-Target-URI": "http://example.org/",
    "WARC-Record-ID": "<urn:uuid:1234>",
  });
  t.deepEqual((await read(inChunks(wet))).documents, [
    {
      blocks: ["First line.", "Second line."],
      offset: 0,
      url: "http://example.org/",
      id: "1234",
      head: undefined,
    },
  ]);
});

test("pages of plain text are read by paragraphs, and files that were kept by themselves too", async (t) => {
  const text = "A sentence that goes\non in the next line.\n\nAnother.";
  const plain = responseRecord(text, "HTTP/1.1 200 OK\r\nContent-Type: text/plain");
  const resource = warcRecord("<p>A page.", { "WARC-Type": "resource", "Content-Type": "text/html" });
  const { documents } = await read(inChunks(Buffer.concat([plain, resource])));
  t.deepEqual(
    documents.map(({ blocks }) => blocks),
    [["A sentence that goes on in the next line.", "Another."], ["A page."]],
  );
});

test("what gives no document is counted by its reason", async (t) => {
  const of = (type: string, body: string | Buffer, status = "200 OK") =>
    responseRecord(body, `HTTP/1.1 ${status}\r\nContent-Type: ${type}`);
  const dump = Buffer.concat([
    PAGE,
    warcRecord("x", { "WARC-Type": "request" }),
    warcRecord("{}", { "WARC-Type": "metadata", "Content-Type": "application/json" }),
    warcRecord("x", {
      "WARC-Type": "response",
      "WARC-Target-URI": "dns:example.org",
      "Content-Type": "text/dns",
    }),
    responseRecord("User-agent: *", HTML.replace("html", "plain"), "http://example.org/robots.txt"),
    of("text/html", "<p>moved", "301 Moved"),
    of("text/html", "<p>none", "404 Not Found"),
    of("image/png", "x"),
    of("text/html", "%PDF-1.4 text"),
    of("text/html", Buffer.from("<p>zeros\0\0\0")),
    of("text/html", "<script>1</script>"),
    of("text/html", ""),
    warcRecord("HTTP/1.1 200 OK\r\n\r\n", {
      "WARC-Type": "revisit",
      "WARC-Target-URI": "http://example.org/",
    }),
    warcRecord("the rest", { "WARC-Type": "continuation", "WARC-Segment-Number": "2" }),
  ]);
  const { counts } = await read(inChunks(dump));
  t.deepEqual(counts, {
    read: 14,
    kept: 1,
    leftOut: {
      "not-a-page": 4,
      revisit: 1,
      continuation: 1,
      "http-status": 2,
      "not-text": 3,
      empty: 2,
    },
    broken: 0,
    cutShort: 0,
    unknownCharset: 0,
  });
});

test("an unknown character set is counted, and the text looked at", async (t) => {
  const page = responseRecord("<p>Grüße", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x-none");
  const { documents, counts } = await read(inChunks(page));
  t.deepEqual(documents[0].blocks, ["Grüße"]);
  t.is(counts.unknownCharset, 1);
});

test("a WARC is known by its first bytes, whatever the name, and so is an ARC", async (t) => {
  const arc = Buffer.concat([
    arcRecord("1 0 x\n", "filedesc://x.arc", "text/plain"),
    arcRecord("HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>Old."),
  ]);
  for (const [name, bytes, blocks] of [
    ["dump.txt", PAGE, ["Eine Zeile.", "Noch eine."]],
    ["dump.json.gz", gzipSync(PAGE), ["Eine Zeile.", "Noch eine."]],
    ["dump.warc.gz", gzipSync(arc), ["Old."]],
  ] as const) {
    const { documents } = await read(await writeFixture(t, name, bytes));
    t.deepEqual(
      documents.map((document) => document.blocks),
      [blocks],
      name,
    );
  }
});

test("a broken record is thrown with stop, once what came before has been given", async (t) => {
  const lie = warcRecord("x y z", { "Content-Length": "1" });
  const given: string[][] = [];
  const { readDocuments } = await import("../../../src/read/documents/read-documents.js");
  const error = await t.throwsAsync(
    async () => {
      for await (const { blocks } of readDocuments(inChunks(Buffer.concat([PAGE, lie, PAGE])), {
        name: "d.warc",
      })) {
        given.push(blocks);
      }
    },
    { instanceOf: InputError },
  );
  t.is(given[0][0], "Eine Zeile.");
  t.is(
    error?.message.split(". ")[0],
    `d.warc, byte ${PAGE.length}: no record follows the 1 bytes that Content-Length gives this one`,
  );
});

const cut = gzipSync(Buffer.concat([PAGE, PAGE])).subarray(0, -9);
const bomb = responseRecord(gzipSync(Buffer.alloc(2 ** 24 + 1, "<p>x")), `${HTML}\r\nContent-Encoding: gzip`);
const long = warcRecord(Buffer.alloc(2 ** 24 + 1, "x"));
const badUtf8 = warcRecord(
  Buffer.concat([Buffer.from("good\nb"), Buffer.from([0xff]), Buffer.from("d\nfine")]),
);

const BROKEN: readonly [what: string, dump: Buffer, documents: number, message: RegExp][] = [
  ["a truncated gzip member", cut, 2, /^standard input, byte 0: the gzip data .* cut short or damaged/],
  ["a gzip bomb in a page", Buffer.concat([bomb, PAGE]), 1, /, byte 0: the page is longer than 16 MiB/],
  [
    "one line of more than 16 MiB",
    Buffer.concat([long, PAGE]),
    1,
    /, byte 0: the page is longer than 16 MiB/,
  ],
  ["invalid UTF-8 in a WET", Buffer.concat([badUtf8, PAGE]), 2, /, byte 0: the text is not valid UTF-8/],
];

for (const [what, dump, documents, message] of BROKEN) {
  test(`${what} is one warning with skip, and the rest is read`, async (t) => {
    const found = await read(inChunks(dump), { onError: "skip", format: "warc" });
    t.is(found.documents.length, documents);
    t.is(found.skipped.length, 1);
    t.is(found.counts.broken, 1);
    t.regex(found.skipped[0].message, message);
    await t.throwsAsync(read(inChunks(dump), { format: "warc" }), { instanceOf: InputError, message });
  });
}

test("of invalid UTF-8 in a WET the other lines are kept", async (t) => {
  const { documents } = await read(inChunks(badUtf8), { onError: "skip" });
  t.deepEqual(documents[0].blocks, ["good", "fine"]);
});

test("the last block of a page that breaks off, here or as it was fetched, is left out", async (t) => {
  const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
  const fields = { "WARC-Type": "response", "WARC-Truncated": "length" };
  const truncated = await read(inChunks(warcRecord(`${head}<p>Whole.<p>Not who`, fields)));
  t.deepEqual(truncated.documents[0].blocks, ["Whole."]);
  const { documents } = await read(inChunks(PAGE.subarray(0, -12)), { onError: "skip" });
  t.deepEqual(documents[0].blocks, ["Eine Zeile."]);
});

const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
const segment = (fields: Record<string, string>) => ({
  "WARC-Type": "response",
  "WARC-Record-ID": "<urn:uuid:1>",
  ...fields,
});

const CUT: readonly [what: string, record: Buffer, blocks: string[]][] = [
  [
    "that is shorter than it says",
    responseRecord("<p>Ganz.</p><p>Nur ha", `${OK}\r\nContent-Length: 99`),
    ["Ganz."],
  ],
  [
    "that is shorter than it says, behind what an element has ended",
    responseRecord("<p>Ganz.</p><p>Auch ganz.</p><scr", `${OK}\r\nContent-Length: 99`),
    ["Ganz.", "Auch ganz."],
  ],
  [
    "that ends in the middle of a letter",
    responseRecord(
      Buffer.from("<p>Grüße, Žofie!</p><p>Ž").subarray(0, -1),
      `${OK}; charset=iso-8859-1\r\nContent-Length: 99`,
    ),
    ["Grüße, Žofie!"],
  ],
  [
    "of plain text",
    responseRecord("Ganz.\n\nNur ha", `${OK.replace("html", "plain")}\r\nContent-Length: 99`),
    ["Ganz."],
  ],
  [
    "of which the first part was asked for",
    responseRecord("<p>Ganz.</p><p>Nur ha", `${OK.replace("200", "206")}\r\nContent-Range: bytes 0-20/99`),
    ["Ganz."],
  ],
  [
    "that goes on in another file",
    warcRecord(`${OK}\r\n\r\n<p>Ganz.</p><p>Nur ha`, segment({ "WARC-Segment-Number": "1" })),
    ["Ganz."],
  ],
  ["in a WET", warcRecord("Ganz.\nNur ha", { "WARC-Truncated": "length" }), ["Ganz."]],
];

for (const [what, record, blocks] of CUT) {
  test(`a page ${what} loses what is not whole, and is counted`, async (t) => {
    const { documents, counts } = await read(inChunks(Buffer.concat([record, PAGE])));
    t.deepEqual(
      documents.map((document) => document.blocks),
      [blocks, ["Eine Zeile.", "Noch eine."]],
    );
    t.is(counts.cutShort, 1);
  });
}

test("the part of a page without its beginning is no page", async (t) => {
  const part = responseRecord("lb.<p>Ganz.", `${OK.replace("200", "206")}\r\nContent-Range: bytes 20-30/31`);
  t.is((await read(inChunks(part))).counts.leftOut["http-status"], 1);
});

test("a page whose segments follow is read as one", async (t) => {
  const block = `${OK}\r\n\r\n<p>Eine Zeile.</p>`;
  const pieces = [
    warcRecord(block.slice(0, 50), segment({ "WARC-Segment-Number": "1" })),
    warcRecord(block.slice(50), {
      "WARC-Type": "continuation",
      "WARC-Segment-Origin-ID": "<urn:uuid:1>",
      "WARC-Segment-Number": "2",
      "WARC-Segment-Total-Length": `${block.length}`,
    }),
  ];
  const { documents, counts } = await read(inChunks(Buffer.concat(pieces)));
  t.deepEqual(
    documents.map(({ blocks }) => blocks),
    [["Eine Zeile."]],
  );
  t.deepEqual([counts.read, counts.cutShort], [1, 0]);
});

test("UTF-16 without a mark is read, whatever the header says, and zeros elsewhere are no text", async (t) => {
  const html = "<html><p>Žofie grüßt.</p></html>";
  for (const [type, text] of [
    ["text/html", html],
    ["text/html; charset=utf-8", html],
    ["text/html; charset=utf-16", html],
    ["application/octet-stream", html],
    ["text/plain", "Žofie grüßt."],
  ]) {
    const le = Buffer.from(text, "utf16le");
    for (const body of [le, Buffer.from(le).swap16()]) {
      const { documents } = await read(
        inChunks(responseRecord(body, `HTTP/1.1 200 OK\r\nContent-Type: ${type}`)),
      );
      t.deepEqual(documents[0]?.blocks, ["Žofie grüßt."], type);
    }
  }
  const numbers = Buffer.from(Uint16Array.from({ length: 900 }, (_, i) => i % 40).buffer);
  t.is((await read(inChunks(responseRecord(numbers, OK)))).counts.leftOut["not-text"], 1);
});

test("a file that vanishes half way, is not there or is empty is one error with its place", async (t) => {
  async function* vanishing() {
    yield PAGE;
    yield PAGE.subarray(0, 50);
    throw Object.assign(new Error("stale file handle"), { code: "ESTALE" });
  }
  const options = { onError: "skip", format: "warc" } as const;
  const half = await read(vanishing(), options);
  t.is(half.documents.length, 1);
  t.deepEqual(
    half.skipped.map(({ place }) => place),
    [{ path: "standard input", byte: PAGE.length + 50 }],
  );
  const missing = await read("/nowhere/dump.warc.gz", options);
  t.deepEqual(
    missing.skipped.map(({ message }) => message),
    ["/nowhere/dump.warc.gz: no such file."],
  );
  const empty = await read(inChunks(""), options);
  t.deepEqual(
    empty.skipped.map(({ place }) => place.byte),
    [0],
  );
});

test("a page is known behind any number of comments, and what begins with comments alone is read as it is", async (t) => {
  const comments = "<!-- a -->".repeat(100);
  const plain = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8";
  const records = ["<html><p>Eine Zeile.</p>", "Eine Zeile."].map((text) =>
    responseRecord(`${comments}${text}`, plain),
  );
  const { documents } = await read(inChunks(Buffer.concat(records)));
  t.deepEqual(
    documents.map(({ blocks }) => blocks),
    [["Eine Zeile."], [`${comments}Eine Zeile.`]],
  );
});
