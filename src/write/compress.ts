import type { Transform } from "node:stream";
import { createGzip } from "node:zlib";
import { OutputError } from "../errors.js";

/** What compresses a file of this name, by its suffix; nothing for a plain one. */
export async function compressorFor(path: string): Promise<Transform | undefined> {
  if (path.endsWith(".gz")) return createGzip();
  if (path.endsWith(".zst")) return createZstd(path);
  if (/\.(xz|bz2)$/.test(path)) {
    throw new OutputError(`${path}: xz and bz2 are read but not written.`, {
      advice: "Name the output .gz or .zst.",
    });
  }
  return undefined;
}

async function createZstd(path: string): Promise<Transform> {
  try {
    const { CompressStream } = await import("zstd-napi");
    return new CompressStream();
  } catch (cause) {
    throw new OutputError(`${path}: writing zst needs the package zstd-napi, which is not installed.`, {
      advice: "Install it, or name the output .gz.",
      cause,
    });
  }
}
