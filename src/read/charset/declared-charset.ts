import { normalizeEncoding } from "@exodus/bytes/encoding.js";
import sniffEncoding from "html-encoding-sniffer";

/** Browsers look for a `<meta>` in the first 1,024 bytes, and begin again if one comes later. */
const LATE_META_BYTES = 64 * 1024;

const META = /<meta\b[^>]{0,500}\bcharset\s*=\s*["']?\s*([\w.:+-]+)/i;
const XML_DECLARATION = /^\s*<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:+-]+)/i;

/** A character set by the name that the Encoding Standard gives it, or a label that it does not know. */
export interface Declared {
  name?: string;
  unknown?: string;
}

/**
 * What a page says of its character set: by a byte-order mark, the HTTP header, a `<meta>` or the XML declaration, in
 * this order (HTML Standard, section 13.2.3.2); a label that is not known lets the next one speak.
 *
 * @param header the charset of the Content-Type, if it gives one
 */
export function declaredCharset(bytes: Buffer, header?: string): Declared {
  const start = bytes.toString("latin1", 0, LATE_META_BYTES);
  const labels = [header, META.exec(start)?.[1], XML_DECLARATION.exec(start)?.[1]];
  const known = sniff(bytes, header) ?? labels.map(asName).find((name) => name !== undefined);
  const unknown = labels.find((label) => label !== undefined && asName(label) === undefined);
  return { name: known, unknown };
}

function sniff(bytes: Buffer, header?: string): string | undefined {
  try {
    const name = sniffEncoding(bytes, { transportLayerEncodingLabel: header ?? "", defaultEncoding: "" });
    return name === "" ? undefined : name.toLowerCase();
  } catch (error) {
    // The regular expression reads past the end of a content="…" whose last word is charset.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function asName(label: string | undefined): string | undefined {
  return label === undefined ? undefined : (normalizeEncoding(label) ?? undefined);
}
