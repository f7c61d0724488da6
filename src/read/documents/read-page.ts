import { isUtf8 } from "node:buffer";
import type { PageHead } from "../../types/texts.js";
import { decodeText } from "../charset/decode-text.js";
import { joinLines } from "../html/join-lines.js";
import { readHtml } from "../html/read-html.js";
import { completeUtf8Length, textOfUtf8 } from "../utf8.js";
import { decodeBody } from "../warc/decode-body.js";
import { parseHttp } from "../warc/http-response.js";
import type { Undone } from "../warc/undo-coding.js";
import { MAX_BLOCK_BYTES, type WebRecord } from "../warc/web-record.js";
import type { LeftOut } from "./document-counts.js";
import { charsetOf, isPageType, pageKind, saysNothing } from "./media-type.js";
import { splitLines } from "./split-text.js";

/** What a record holds of a page, or why it holds none. */
export interface Page {
  blocks: string[];
  head?: PageHead;
  leftOut?: LeftOut;
  /** The page was cut short; its last unfinished block is left out. */
  cutShort?: boolean;
  /** The page names a character set that nobody knows. */
  unknownCharset?: boolean;
  /** What of it could not be read. */
  problem?: string;
}

const NO_PAGE_ADDRESS = /^(?:dns|filedesc|whois|ftp|metadata|warcinfo):|^\w+:\/\/[^/]*\/robots\.txt$/i;
const LF = 0x0a;
const TOO_LONG = "the page is longer than 16 MiB.";

/** The page in a record: an answer of HTTP, a file that was kept by itself, or what a WET has of one. */
export async function readPage(record: WebRecord): Promise<Page> {
  if (record.type === "revisit") return leaveOut("revisit");
  if (record.type === "continuation") return leaveOut("continuation");
  if (NO_PAGE_ADDRESS.test(record.url ?? "")) return leaveOut("not-a-page");
  switch (record.type) {
    case "conversion":
      return readConversion(record);
    case "response":
      return readResponse(record);
    case "resource":
      return readBody(record, record.contentType, () => asItIs(record));
    default:
      return leaveOut("not-a-page");
  }
}

/** The text that another program took from a page: UTF-8, a line a block. */
function readConversion({ contentType, length, block, cut }: WebRecord): Page {
  if (!contentType.startsWith("text/plain")) return leaveOut("not-text");
  if (length > MAX_BLOCK_BYTES) return { blocks: [], problem: TOO_LONG };
  const bytes = cut ? block.subarray(0, block.lastIndexOf(LF) + 1) : block;
  const blocks = splitLines(textOfUtf8(bytes));
  if (isUtf8(bytes)) return finish({ blocks, cutShort: cut });
  return finish({
    blocks: blocks.filter((text) => !text.includes("\ufffd")),
    cutShort: cut,
    problem: "the text is not valid UTF-8; the lines that are not are left out.",
  });
}

async function readResponse(record: WebRecord): Promise<Page> {
  const response = parseHttp(record.block);
  if (!response) return readBody(record, record.contentType, () => asItIs(record));
  const { status, fields } = response;
  const part = status === PARTIAL ? partIn(fields.get("content-range")) : undefined;
  if (status < 200 || status > 299 || part?.begins === false) return leaveOut("http-status");
  return readBody(record, fields.get("content-type") ?? "", async () => {
    const body = await decodeBody(response);
    return body && { bytes: body.bytes, cut: body.cut || part?.ends === false };
  });
}

const PARTIAL = 206;

/** Whether the part of a page that was asked for has its beginning and its end (RFC 9110, section 14.4). */
function partIn(range = ""): { begins: boolean; ends: boolean } | undefined {
  const found = /^bytes (\d+)-(\d+)\/(\d+|\*)/i.exec(range);
  return found
    ? { begins: Number(found[1]) === 0, ends: Number(found[2]) + 1 >= Number(found[3]) }
    : undefined;
}

function asItIs({ block }: WebRecord): Undone {
  return { bytes: block, cut: false };
}

/** @param decode gives the body without its codings; undefined if it is too long */
async function readBody(
  record: WebRecord,
  contentType: string,
  decode: () => Undone | Promise<Undone | undefined>,
): Promise<Page> {
  const media = contentType.toLowerCase();
  if (!isPageType(media) && !saysNothing(media)) return leaveOut("not-text");
  const isHeld = record.length <= MAX_BLOCK_BYTES;
  if (!isHeld && !isPageType(media)) return leaveOut("not-text");
  const body = isHeld ? await decode() : undefined;
  if (!body) return { blocks: [], problem: TOO_LONG };
  const cutShort = body.cut || record.cut;
  // A last character of which only a beginning is there would hide that all before it is UTF-8.
  const bytes = cutShort ? body.bytes.subarray(0, completeUtf8Length(body.bytes)) : body.bytes;
  const kind = pageKind(media, bytes);
  if (!kind) return leaveOut(bytes.length === 0 ? "empty" : "not-text");
  const { text, unknownCharset } = decodeText(bytes, charsetOf(contentType));
  const page = kind === "html" ? readHtml(text, cutShort) : { blocks: joinLines(text) };
  if (kind === "plain" && cutShort) page.blocks.pop();
  return finish({ ...page, cutShort, unknownCharset: unknownCharset !== undefined });
}

function finish(page: Page): Page {
  return page.blocks.length > 0 || page.problem ? page : { ...page, leftOut: "empty" };
}

function leaveOut(reason: LeftOut): Page {
  return { blocks: [], leftOut: reason };
}
