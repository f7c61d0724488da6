import { gzipSync } from "node:zlib";

/** A page of a dump that a test writes. */
export interface DumpPage {
  url: string;
  /** The number in its record's identifier. */
  id: number;
  html: string;
}

/** A WARC of pages as Common Crawl writes them: a header, then a request and a response each, a gzip member a record. */
export function writeDump(pages: readonly DumpPage[]): Buffer {
  return Buffer.concat([
    member(record("warcinfo", { id: 0 }, "application/warc-fields", "software: a test\r\n")),
    ...pages.flatMap(({ url, id, html }) => [
      member(
        record(
          "request",
          { id: 1000 + id, url },
          "application/http; msgtype=request",
          "GET / HTTP/1.1\r\n\r\n",
        ),
      ),
      member(record("response", { id, url }, "application/http; msgtype=response", response(html))),
    ]),
  ]);
}

/** A WET file: the text of pages. */
export function writeTextDump(pages: readonly { url: string; id: number; text: string }[]): Buffer {
  return Buffer.concat(
    pages.map(({ url, id, text }) => member(record("conversion", { id, url }, "text/plain", text))),
  );
}

/** What a page's identifier is, without what WARC puts around it. */
export function recordId(id: number): string {
  return `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`;
}

function response(html: string): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(html)}\r\n\r\n${html}`;
}

function record(
  type: string,
  { id, url }: { id: number; url?: string },
  contentType: string,
  content: string,
) {
  const headers = [
    "WARC/1.0",
    `WARC-Type: ${type}`,
    `WARC-Record-ID: <urn:uuid:${recordId(id)}>`,
    ...(url === undefined ? [] : [`WARC-Target-URI: ${url}`]),
    "WARC-Date: 2024-05-01T00:00:00Z",
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(content)}`,
  ];
  return `${headers.join("\r\n")}\r\n\r\n${content}\r\n\r\n`;
}

function member(text: string): Buffer {
  return gzipSync(text);
}
