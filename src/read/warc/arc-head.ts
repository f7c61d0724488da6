import type { RecordHead } from "./web-record.js";

/** URL, IP address, date, media type, in version 2 five fields more, length. */
export const ARC_HEAD =
  /^([a-z][a-z0-9+.-]*:\S*) (\d[\d.]+|[\da-f:]+|-) (\d{8,14}) (\S+)(?: \S+){0,5} (\d{1,15})\r?\n/i;

/** Reads the line before an ARC record (Internet Archive, "Arc File Format", versions 1 and 2). */
export function parseArcHead([, url, , , contentType, length]: RegExpExecArray): RecordHead {
  return {
    type: url.startsWith("filedesc:") ? "warcinfo" : "response",
    url,
    contentType: contentType.toLowerCase(),
    length: Number(length),
  };
}
