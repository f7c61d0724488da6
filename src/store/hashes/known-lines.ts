import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { KnownLines } from "../arrays/vectors-file.js";
import { DistinctTexts } from "./distinct-texts.js";

/** More are not noted: they would take gigabytes. */
const MOST_TEXTS = 2 ** 24;

/** Codes of a line: its text comes for the first time, or it has none; from 2 on how many texts ago it first came. */
const NEW = 0;
const NONE = 1;
const SEEN = 2;

/**
 * Notes the lines of a text while they are read. Memory: 17 to 34 bytes a distinct text of up to 16 million; of a text that
 * has more, nothing is noted.
 */
export class LineNotes {
  private readonly hash = createHash("sha256");
  private readonly codes = new ByteList();
  private lines = 0;
  private isTooLong = false;

  private constructor(private readonly distinct: DistinctTexts) {}

  static async create(): Promise<LineNotes> {
    return new LineNotes(await DistinctTexts.create());
  }

  /** @param line from 1; those left out since the last one have no text */
  add(given: string, line: number): void {
    if (this.isTooLong) return;
    while (++this.lines < line) this.codes.push(NONE);
    const text = given.trim();
    this.codes.push(text === "" ? NONE : this.codeOf(text));
    this.isTooLong = this.distinct.size > MOST_TEXTS;
  }

  private codeOf(text: string): number {
    const before = this.distinct.size;
    const number = this.distinct.add(text);
    if (number < before) return SEEN + before - 1 - number;
    this.hash.update(`${text.length} ${text}\n`);
    return NEW;
  }

  /** Nothing of a text that is too long to be noted. */
  finish(): KnownLines | undefined {
    if (this.isTooLong) return undefined;
    return { hash: this.hash.digest("hex"), lines: deflateRawSync(this.codes.bytes()).toString("base64") };
  }
}

/** The text of each line by its number, from 0; −1 where it has none. */
export function* textsOfLines({ lines }: KnownLines): Generator<number> {
  let texts = 0;
  for (const code of readNumbers(inflateRawSync(Buffer.from(lines, "base64"))))
    if (code === NONE) yield -1;
    else yield code === NEW ? texts++ : texts - 1 - (code - SEEN);
}

/** Whole numbers in as few bytes as they need, seven bits in each, the lowest first. */
class ByteList {
  private held = Buffer.allocUnsafe(4096);
  private length = 0;

  push(number: number): void {
    for (let rest = number; ; rest = Math.floor(rest / 128)) {
      if (this.length === this.held.length)
        this.held = Buffer.concat([this.held, Buffer.allocUnsafe(this.length)]);
      this.held[this.length++] = rest < 128 ? rest : (rest % 128) + 128;
      if (rest < 128) return;
    }
  }

  bytes(): Buffer {
    return this.held.subarray(0, this.length);
  }
}

function* readNumbers(bytes: Buffer): Generator<number> {
  let [number, weight] = [0, 1];
  for (const byte of bytes) {
    number += (byte % 128) * weight;
    weight *= 128;
    if (byte >= 128) continue;
    yield number;
    [number, weight] = [0, 1];
  }
}
