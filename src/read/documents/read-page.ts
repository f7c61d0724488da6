import { isUtf8 } from "node:buffer";
import { decodeText } from "../charset/decode-text.js";
import { joinLines } from "../html/join-lines.js";
import { readHtml } from "../html/read-html.js";
import { textOfUtf8 } from "../utf8.js";
import { decodeBody } from "../warc/decode-body.js";
import { parseHttp } from "../warc/http-response.js";
import { MAX_BLOCK_BYTES, type WebRecord } from "../warc/web-record.js";
import type { LeftOut } from "./document-counts.js";
import { charsetOf, isPageType, pageKind, saysNothing } from "./media-type.js";
import { splitLines } from "./split-text.js";

/** What a record holds of a page, or why it holds none. */
export interface Page {
  blocks: string[];
  leftOut?: LeftOut;
  /** The page names a character set that nobody knows. */
  unknownCharset?: boolean;
  /** What of it could not be read. */
  problem?: string;
}

const NO_PAGE_ADDRESS = /^(?:dns|filedesc|whois|ftp|metadata|warcinfo):|^\w+:\/\/[^/]*\/robots\.txt$/i;
const TOO_LONG = "the page is longer than 16 MiB.";

/** The page in a record: an answer of HTTP, a file that was kept by itself, or what a WET has of one. */
export function readPage(record: WebRecord): Page {
  if (NO_PAGE_ADDRESS.test(record.url ?? "")) return leaveOut("not-a-page");
  switch (record.type) {
    case "conversion":
      return readConversion(record);
    case "response":
      return readResponse(record);
    case "resource":
      return readBody(record, record.contentType, () => record.block);
    default:
      return leaveOut("not-a-page");
  }
}

/** The text that another program took from a page: UTF-8, a line a block. */
function readConversion(record: WebRecord): Page {
  if (!record.contentType.startsWith("text/plain")) return leaveOut("not-text");
  if (record.length > MAX_BLOCK_BYTES) return { blocks: [], problem: TOO_LONG };
  const blocks = splitLines(textOfUtf8(record.block));
  if (isUtf8(record.block)) return finish(record, { blocks });
  return finish(record, {
    blocks: blocks.filter((block) => !block.includes("\ufffd")),
    problem: "the text is not valid UTF-8; the lines that are not are left out.",
  });
}

function readResponse(record: WebRecord): Page {
  const response = parseHttp(record.block);
  if (!response) return readBody(record, record.contentType, () => record.block);
  if (response.status < 200 || response.status > 299) return leaveOut("http-status");
  return readBody(record, response.fields.get("content-type") ?? "", () => decodeBody(response));
}

/** @param decode gives the body without its codings; undefined if it is too long */
function readBody(record: WebRecord, contentType: string, decode: () => Buffer | undefined): Page {
  const media = contentType.toLowerCase();
  if (!isPageType(media) && !saysNothing(media)) return leaveOut("not-text");
  const isHeld = record.length <= MAX_BLOCK_BYTES;
  if (!isHeld && !isPageType(media)) return leaveOut("not-text");
  const body = isHeld ? decode() : undefined;
  if (!body) return { blocks: [], problem: TOO_LONG };
  const kind = pageKind(media, body);
  if (!kind) return leaveOut(body.length === 0 ? "empty" : "not-text");
  const { text, unknownCharset } = decodeText(body, charsetOf(contentType));
  const blocks = kind === "html" ? readHtml(text) : joinLines(text);
  return finish(record, { blocks, unknownCharset: unknownCharset !== undefined });
}

/** The last block of a page that was cut short is not whole. */
function finish({ cut }: WebRecord, page: Page): Page {
  if (cut) page.blocks.pop();
  return page.blocks.length > 0 || page.problem ? page : { ...page, leftOut: "empty" };
}

function leaveOut(reason: LeftOut): Page {
  return { blocks: [], leftOut: reason };
}
