import { isUtf8 } from "node:buffer";
import { legacyHookDecode } from "@exodus/bytes/encoding.js";
import { textOfUtf8 } from "../utf8.js";
import { declaredCharset } from "./declared-charset.js";
import { detectCharset } from "./detect-charset.js";
import { findUtf16, type Utf16 } from "./utf16.js";

export interface DecodedText {
  text: string;
  /** A label that the page gives its character set and that no standard knows. */
  unknownCharset?: string;
}

/**
 * The text of a page, as its bytes and its header declare it, or as it looks where they declare nothing that is known.
 * A declaration is not believed where it cannot be: single bytes (servers send that by default) for what is valid
 * UTF-8, UTF-8 for what mostly is none, or UTF-16 for what is none and the other way round.
 */
export function decodeText(bytes: Buffer, header?: string): DecodedText {
  const { name, unknown } = declaredCharset(bytes, header);
  const utf16 = findUtf16(bytes, isUtf16(name) ? name : undefined);
  return { text: decodeAs(bytes, utf16 ?? (isUtf16(name) ? undefined : name)), unknownCharset: unknown };
}

function isUtf16(name: string | undefined): name is Utf16 {
  return name === "utf-16le" || name === "utf-16be";
}

const SINGLE_BYTES = /^(windows-125\d|iso-8859-|macintosh|koi8)/;

function decodeAs(bytes: Buffer, declared: string | undefined): string {
  if (declared === undefined) return decode(bytes, detectCharset(bytes));
  if (SINGLE_BYTES.test(declared) && isUtf8(bytes)) return decode(bytes, "utf-8");
  const text = decode(bytes, declared);
  const believable = declared !== "utf-8" || isUtf8(bytes) || !isMostlyReplaced(text);
  return believable ? text : decode(bytes, detectCharset(bytes));
}

/** Node's own TextDecoder takes the bytes 0x80 to 0x9F of windows-1252 for control characters. */
function decode(bytes: Buffer, charset: string): string {
  if (charset !== "utf-8") return legacyHookDecode(bytes, charset);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return textOfUtf8(marked ? bytes.subarray(3) : bytes);
}

/** Whether more than half of the characters beyond ASCII were none. */
function isMostlyReplaced(text: string): boolean {
  const beyond = text.match(/[\x80-\uffff]/g)?.length ?? 0;
  const replaced = text.match(/\ufffd/g)?.length ?? 0;
  return replaced * 2 > beyond;
}
