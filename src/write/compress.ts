import { Transform } from "node:stream";
import { createGzip } from "node:zlib";
import { OutputError } from "../errors.js";
import { Compressor } from "../zstd/compressor.js";
import { suffixesOf } from "./suffixes.js";

/** What compresses a file of this name, by its suffix; nothing for a plain one. */
export async function compressorFor(path: string): Promise<Transform | undefined> {
  checkCompression(path);
  const { compression } = suffixesOf(path);
  if (compression === undefined) return undefined;
  return compression === "gz" ? createGzip() : createZstd();
}

const UNWRITTEN = /\.(lz4|lzma|lzo|snappy|zip|7z|tgz|Z)$/i;

/** @throws OutputError for a name that says a compression which is not written */
export function checkCompression(path: string): void {
  const advice = "Name the output .gz or .zst.";
  if (/\.(xz|bz2)$/i.test(path))
    throw new OutputError(`${path}: xz and bz2 are read but not written.`, { advice });
  const [, found] = UNWRITTEN.exec(path) ?? [];
  if (found) throw new OutputError(`${path}: ${found} is not written.`, { advice });
}

async function createZstd(): Promise<Transform> {
  const compressor = await Compressor.open();
  return new Transform({
    transform(chunk: Buffer, _, done) {
      pushAll(this, compressor.add(chunk), done);
    },
    flush(done) {
      pushAll(this, compressor.end(), done);
    },
    destroy(error, done) {
      compressor.close();
      done(error);
    },
  });
}

/** An error must reach the stream's own way: what a transform throws ends the process. */
function pushAll(stream: Transform, parts: Iterable<Buffer>, done: (error?: Error) => void): void {
  try {
    for (const part of parts) stream.push(part);
    done();
  } catch (error) {
    done(error as Error);
  }
}
