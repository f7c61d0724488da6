import { isUtf8 } from "node:buffer";
import { InputError } from "../errors.js";
import { option, say } from "../wording.js";
import { byteOrderMarkLength } from "./byte-order-mark.js";
import { type Report, SKIP } from "./faults.js";
import type { ReadOptions } from "./input.js";
import { noteReturns } from "./note-returns.js";
import { adviseInvalidUtf8, describeInvalidUtf8, findInvalidUtf8 } from "./utf8.js";

/** One line without its end; `line` counts from 1. */
export interface Line {
  text: string;
  line: number;
}

/** What one line may cost in memory. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** A byte-order mark and a carriage return, which are held with a line but do not belong to it. */
const MARGIN_BYTES = 4;
/** So much of a line that is no text tells whether it is binary. */
const PEEK_BYTES = 4096;

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines of UTF-8 bytes, as many at a time as a chunk ends. Only `\n` and `\r\n` end a line; a byte-order mark at
 * the start is dropped. Lines that are invalid or too long are reported, and counted if the report returns.
 *
 * @param onNote hears of lines that end in `\r` alone
 * @throws InputError if the input is UTF-16
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  path: string,
  report: Report,
  onNote?: ReadOptions["onNote"],
): AsyncGenerator<Line[]> {
  const splitter = new LineSplitter(path, report);
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) noteReturns(chunk, path, onNote);
    isFirst = false;
    const lines = splitter.split(chunk);
    if (lines.length > 0) yield lines;
  }
  yield splitter.finish();
}

class LineSplitter {
  /** Number of the next line to end, and the offset in the input of the first byte not yet decoded. */
  private line = 1;
  private byte = 0;
  /** The beginning of that line, as it came. */
  private held: Buffer[] = [];
  private heldBytes = 0;
  /** Whether that line is too long, already reported, and only its end is waited for. */
  private dropping = false;

  constructor(
    private readonly path: string,
    private readonly report: Report,
  ) {}

  /** The lines that end in this chunk. */
  split(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    const firstEnd = chunk.indexOf(LF) + 1;
    if (firstEnd > 0) {
      const whole = this.takeHeld(chunk, firstEnd, lines);
      const lastEnd = chunk.lastIndexOf(LF) + 1;
      this.decode(chunk.subarray(whole, lastEnd), lines);
      this.hold(chunk.subarray(lastEnd));
    } else {
      this.hold(chunk);
    }
    return lines;
  }

  /** The last line, if it has no end. */
  finish(): Line[] {
    const lines: Line[] = [];
    this.decode(Buffer.concat(this.held), lines);
    return lines;
  }

  private hold(bytes: Buffer): void {
    this.heldBytes += bytes.length;
    if (!this.dropping && this.heldBytes > MAX_LINE_BYTES + MARGIN_BYTES) {
      this.held = [];
      this.dropping = true;
      this.report(this.tooLong(this.byte));
    }
    if (!this.dropping && bytes.length > 0) this.held.push(bytes);
  }

  /** Ends the line that earlier chunks began, if any; gives where in the chunk the next line starts. */
  private takeHeld(chunk: Buffer, end: number, lines: Line[]): number {
    if (this.heldBytes === 0) return 0;
    const rest = chunk.subarray(0, end);
    if (this.dropping) {
      this.byte += this.heldBytes + end;
      this.line++;
    } else {
      this.decode(Buffer.concat([...this.held, rest]), lines);
    }
    this.held = [];
    this.heldBytes = 0;
    this.dropping = false;
    return end;
  }

  /**
   * Decodes whole lines. The check is made once for all of them; each is then decoded by itself, since parts split from
   * one long string would keep all of it in memory, at two bytes a character.
   */
  private decode(block: Buffer, lines: Line[]): void {
    const valid = isUtf8(block);
    let start = this.byte === 0 ? byteOrderMarkLength(block, this.path) : 0;
    while (start < block.length) {
      const newline = block.indexOf(LF, start);
      let end = newline < 0 ? block.length : newline;
      if (newline > start && block[newline - 1] === CR) end--;
      const fault = this.findFault(block, start, end, valid);
      if (fault) this.report(fault);
      else lines.push({ text: block.toString("utf8", start, end), line: this.line });
      this.line++;
      start = newline < 0 ? block.length : newline + 1;
    }
    this.byte += block.length;
  }

  private findFault(block: Buffer, start: number, end: number, valid: boolean): InputError | undefined {
    if (end - start > MAX_LINE_BYTES) return this.tooLong(this.byte + start);
    if (valid || isUtf8(block.subarray(start, end))) return undefined;
    const bad = start + findInvalidUtf8(block.subarray(start, end));
    const place = { path: this.path, line: this.line, byte: this.byte + bad };
    const advice = adviseInvalidUtf8(block.subarray(start, start + PEEK_BYTES));
    return new InputError(place, describeInvalidUtf8(block[bad]), { advice });
  }

  private tooLong(byte: number): InputError {
    const problem = "the line is longer than 16 MiB; expected one sentence a line.";
    return new InputError({ path: this.path, line: this.line, byte }, problem, {
      advice: say`Name the right ${option("format")}, or pass ${SKIP}.`,
    });
  }
}
