import { createWriteStream } from "node:fs";
import { dirname } from "node:path";
import type { Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { orAborted } from "../flow/or-aborted.js";
import { explainWriteError } from "../store/files/output-error.js";
import { findOutput } from "../store/files/output-path.js";
import { Part } from "../store/files/part.js";
import { sweepParts } from "../store/files/part-name.js";
import { compressorFor } from "./compress.js";
import { writeTo } from "./write-to.js";

/** Few large writes in place of one a line. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Where text goes, at the pace that it is taken. What is not finished when it is disposed of leaves no file. */
export interface TextSink extends AsyncDisposable {
  write(text: string): Promise<void>;
  /** Writes what is left; a file is whole, but does not have its name yet. */
  complete(): Promise<void>;
  /** Completes, and gives a file its name. */
  finish(): Promise<void>;
}

/**
 * Opens a file or a stream for text.
 *
 * A file is written beside its name, compressed if that ends in `.gz` or `.zst`, and renamed when it is finished, with the
 * rights of the one that it replaces; it is made with the first write, so that what cannot begin leaves no file. What
 * killed processes were writing in its folder is removed. A device or a named pipe is written directly; a stream stays
 * open.
 *
 * @throws OutputError if it cannot be written
 */
export function openText(output: string | Writable, signal?: AbortSignal): TextSink {
  return typeof output === "string" ? new FileText(output, signal) : new StreamText(output, signal);
}

abstract class ChunkedText implements TextSink {
  private pending = "";

  async write(text: string): Promise<void> {
    this.pending += text;
    if (this.pending.length >= CHUNK_CHARACTERS) await this.flush();
  }

  async flush(): Promise<void> {
    const chunk = this.pending;
    this.pending = "";
    await this.writeChunk(chunk);
  }

  protected abstract writeChunk(chunk: string): Promise<void>;
  abstract complete(): Promise<void>;
  abstract finish(): Promise<void>;
  abstract [Symbol.asyncDispose](): Promise<void>;
}

class StreamText extends ChunkedText {
  constructor(
    private readonly output: Writable,
    private readonly signal?: AbortSignal,
  ) {
    super();
    // A failed write rejects below; without a listener its event would end the process.
    output.on("error", () => {});
  }

  /** Waits for the write or the interruption: a reader that has stopped reading must not hold up Ctrl-C. */
  protected async writeChunk(chunk: string): Promise<void> {
    if (chunk === "") return;
    try {
      await orAborted(writeTo(this.output, chunk), this.signal);
    } catch (error) {
      // The caller handles a reader that went away; anything else is reported.
      const { code } = error as NodeJS.ErrnoException;
      throw code === "EPIPE" ? error : explainWriteError(error, "standard output");
    }
  }

  complete(): Promise<void> {
    return this.flush();
  }

  finish(): Promise<void> {
    return this.flush();
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

interface OpenFile {
  /** What is written to: the file, or what compresses for it. */
  head: Writable;
  /** Settles when the file is closed. */
  closed: Promise<void>;
  /** None of a device or a named pipe. */
  part?: Part;
}

class FileText extends ChunkedText {
  private file?: OpenFile;

  constructor(
    private readonly output: string,
    private readonly signal?: AbortSignal,
  ) {
    super();
  }

  protected async writeChunk(chunk: string): Promise<void> {
    try {
      this.file ??= await this.open();
      const { head, closed } = this.file;
      // If a later stream failed, it says why; the first one only says that it was ended.
      const written = writeTo(head, chunk).catch((error) => closed.then(() => Promise.reject(error)));
      // A named pipe may never have a reader.
      await orAborted(written, this.signal);
    } catch (error) {
      throw explainWriteError(error, this.output);
    }
  }

  async complete(): Promise<void> {
    if (this.file?.head.writableEnded) return;
    await this.flush();
    const { head, closed } = this.file!;
    try {
      head.end();
      await orAborted(closed, this.signal);
    } catch (error) {
      throw explainWriteError(error, this.output);
    }
  }

  async finish(): Promise<void> {
    await this.complete();
    try {
      await this.file!.part?.publish();
    } catch (error) {
      throw explainWriteError(error, this.output);
    }
    this.file = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.file) return;
    const { head, closed, part } = this.file;
    head.destroy();
    if (!part) return;
    await closed.catch(() => {});
    await part.discard();
  }

  private async open(): Promise<OpenFile> {
    const compress = await compressorFor(this.output);
    const { path, special } = await findOutput(this.output);
    const part = special ? undefined : await Part.create(path);
    if (part) await sweepParts(dirname(path), (await part.file.stat()).mtimeMs);
    const file = part ? part.file.createWriteStream({ flush: true }) : createWriteStream(path);
    const closed = compress
      ? pipeline(compress, file, { signal: this.signal })
      : finished(file, { signal: this.signal });
    closed.catch(() => {});
    return { head: compress ?? file, closed, part };
  }
}
