import { findUtf16 } from "../charset/utf16.js";

const HTML = /^(text\/html|application\/xhtml\+xml)\b/;
const PLAIN = /^text\/plain\b/;
const SAYS_NOTHING = /^($|application\/octet-stream\b|unknown|text\/xml\b|application\/xml\b|no-type)/;
/** A comment ends at its first possible end: else there would be too many ways to match several. */
const LOOKS_LIKE_HTML =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b/is;

/** Beginnings of what is sent as HTML and is none: PDF, PostScript, RTF, PNG, GIF, JPEG, RIFF, zip and gzip. */
const NOT_TEXT = /^(?:25504446|25215053|7b5c727466|89504e47|47494638|ffd8ff|52494646|504b0304|1f8b)/;
const NOT_TEXT_BYTES = 5;
const START_CHARACTERS = 1024;

export type PageKind = "html" | "plain";

/** Whether the media type is that of a page. */
export function isPageType(contentType: string): boolean {
  return HTML.test(contentType) || PLAIN.test(contentType);
}

/** Whether the media type leaves it to the bytes what they are. */
export function saysNothing(contentType: string): boolean {
  return SAYS_NOTHING.test(contentType);
}

/** How the text of a page is to be read; undefined if it is none, by its media type or by its first bytes. */
export function pageKind(contentType: string, body: Buffer): PageKind | undefined {
  if (NOT_TEXT.test(body.toString("hex", 0, NOT_TEXT_BYTES))) return undefined;
  const start = beginningOf(body);
  if (start.includes("\0")) return undefined;
  if (HTML.test(contentType)) return "html";
  if (PLAIN.test(contentType)) return LOOKS_LIKE_HTML.test(start) ? "html" : "plain";
  return saysNothing(contentType) && LOOKS_LIKE_HTML.test(start) ? "html" : undefined;
}

/** The first characters, those beyond ASCII perhaps others than they are. */
function beginningOf(body: Buffer): string {
  const utf16 = findUtf16(body);
  if (utf16) return new TextDecoder(utf16).decode(body.subarray(0, 2 * START_CHARACTERS));
  return body.toString("latin1", 0, START_CHARACTERS);
}

/** The label in `text/html; charset="…"`. */
export function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*["']?\s*([^\s"';]+)/i.exec(contentType)?.[1];
}
