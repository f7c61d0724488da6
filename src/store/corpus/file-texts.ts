import { closeSync, openSync } from "node:fs";
import { InputError } from "../../errors.js";
import type { Texts } from "../../types/texts.js";
import { NpyWriter } from "../arrays/npy-file.js";
import { PagedNumbers } from "../arrays/paged-numbers.js";
import { Part } from "../files/part.js";
import { temporaryPath } from "../files/whole-file.js";
import { readUpToSync } from "../files/whole-io.js";

const AHEAD_BYTES = 64 * 2 ** 10;

/** Texts in a file, fetched by their offsets; more at once while they are asked for in their order. */
export class FileTexts implements Texts {
  readonly length: number;
  /** What was read ahead, and where it begins. */
  private ahead = { start: 0, bytes: Buffer.alloc(0) };
  /** Where texts are read to. */
  private room = Buffer.alloc(AHEAD_BYTES);
  private next = 0;

  private constructor(
    private readonly path: string,
    private readonly file: number,
    private readonly offsets: PagedNumbers,
  ) {
    this.length = offsets.length - 1;
  }

  /** Opens what a `TextWriter` wrote: `path` and its offsets. */
  static open(path: string): FileTexts {
    return new FileTexts(path, openSync(path, "r"), PagedNumbers.open(offsetsPath(path)));
  }

  get(index: number): string {
    const start = this.offsets.at(index);
    // Without the newline that ends each text in the file.
    const end = this.offsets.at(index + 1) - 1;
    const isNext = index === this.next;
    this.next = index + 1;
    const { ahead } = this;
    if (start >= ahead.start && end <= ahead.start + ahead.bytes.length)
      return ahead.bytes.toString("utf8", start - ahead.start, end - ahead.start);
    const size = Math.max(end - start, isNext && index > 0 ? AHEAD_BYTES : 0);
    if (size > this.room.length) this.room = Buffer.alloc(size);
    const bytes = this.room.subarray(0, size);
    const read = readUpToSync(this.file, bytes, start);
    if (read < end - start)
      throw new InputError({ path: this.path, byte: start }, "is cut short.", {
        advice: "Run the command that made it again.",
      });
    this.ahead = { start, bytes: bytes.subarray(0, read) };
    return bytes.toString("utf8", 0, end - start);
  }

  close(): void {
    closeSync(this.file);
    this.offsets[Symbol.dispose]();
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
    if (texts.length === 0) return;
    await this.lines.file.writeFile(`${texts.join("\n")}\n`);
    await this.offsets.append(
      Float64Array.from(texts, (text) => (this.bytes += Buffer.byteLength(text) + 1)),
    );
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
