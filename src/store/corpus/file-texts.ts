import { closeSync, openSync } from "node:fs";
import { InputError } from "../../errors.js";
import type { Texts } from "../../types/texts.js";
import { NpyWriter, readNpy } from "../arrays/npy-file.js";
import { Part } from "../files/part.js";
import { temporaryPath } from "../files/whole-file.js";
import { readUpToSync } from "../files/whole-io.js";

const AHEAD_BYTES = 64 * 2 ** 10;

/** Texts in a file, fetched by their offsets; more at once while they are asked for in their order. Memory: 8 bytes a text. */
export class FileTexts implements Texts {
  readonly length: number;
  /** What was read ahead, and where it begins. */
  private ahead = { start: 0, bytes: Buffer.alloc(0) };
  private next = 0;

  private constructor(
    private readonly path: string,
    private readonly file: number,
    private readonly offsets: Float64Array,
  ) {
    this.length = offsets.length - 1;
  }

  /** Opens what a `TextWriter` wrote: `path` and its offsets. */
  static open(path: string): FileTexts {
    const offsets = readNpy(offsetsPath(path)) as Float64Array;
    return new FileTexts(path, openSync(path, "r"), offsets);
  }

  get(index: number): string {
    const start = this.offsets[index];
    // Without the newline that ends each text in the file.
    const end = this.offsets[index + 1] - 1;
    const isNext = index === this.next;
    this.next = index + 1;
    const { ahead } = this;
    if (start >= ahead.start && end <= ahead.start + ahead.bytes.length)
      return ahead.bytes.toString("utf8", start - ahead.start, end - ahead.start);
    const bytes = Buffer.alloc(Math.max(end - start, isNext && index > 0 ? AHEAD_BYTES : 0));
    const read = readUpToSync(this.file, bytes, start);
    if (read < end - start)
      throw new InputError({ path: this.path, byte: start }, "is cut short.", {
        advice: "Run the command that made it again.",
      });
    if (isNext) this.ahead = { start, bytes: bytes.subarray(0, read) };
    return bytes.toString("utf8", 0, end - start);
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Writes texts to `path`, a line each, and the offsets of the lines to a .npy file beside it. */
export class TextWriter implements AsyncDisposable {
  /** Texts written so far. */
  length = 0;
  private bytes = 0;

  private constructor(
    private readonly path: string,
    private readonly lines: Part,
    private readonly offsets: NpyWriter<Float64Array>,
  ) {}

  static async open(path: string): Promise<TextWriter> {
    const offsets = await NpyWriter.open(temporaryPath(offsetsPath(path)), "<f8", 1);
    await offsets.append(Float64Array.of(0));
    return new TextWriter(path, await Part.create(path), offsets);
  }

  async append(texts: readonly string[]): Promise<void> {
    const lines = texts.map((text) => Buffer.from(`${text}\n`));
    const ends = Float64Array.from(lines, (line) => (this.bytes += line.length));
    await this.lines.file.writeFile(Buffer.concat(lines));
    await this.offsets.append(ends);
    this.length += texts.length;
  }

  /** Gives both files their names; they are complete. */
  async finish(): Promise<void> {
    await this.lines.file.sync();
    await this.lines.publish();
    await this.offsets.finish(offsetsPath(this.path));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.lines.discard();
    await this.offsets.close().catch(() => {});
  }
}

/** The files that a `TextWriter` writes for a path. */
export function textFiles(path: string): string[] {
  return [path, offsetsPath(path)];
}

function offsetsPath(path: string): string {
  return `${path}.offsets.npy`;
}
