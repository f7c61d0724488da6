import { basename } from "node:path";

/** How the name of a file ends: its format's suffix, in small letters, before that of a compression that is written. */
export function suffixesOf(name: string): { suffix: string; compression?: "gz" | "zst" } {
  const [, stem, packed] = /^(.*?)(?:\.(gz|zst))?$/is.exec(basename(name))!;
  const [, suffix = ""] = /.\.([^.]+)$/s.exec(stem) ?? [];
  return { suffix: suffix.toLowerCase(), compression: packed?.toLowerCase() as "gz" | "zst" | undefined };
}
