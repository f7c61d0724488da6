import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { KnownLines } from "../arrays/vectors-file.js";
import { DistinctTexts } from "./distinct-texts.js";

/** More are not noted, unless it is asked for: they would take gigabytes. */
const MOST_TEXTS = 2 ** 24;

/** Codes of a line: its text comes for the first time, or it has none; from 2 on how many texts ago it first came. */
const NEW = 0;
const NONE = 1;
const SEEN = 2;

/**
 * Notes the lines of a text while they are read. Memory: 17 to 34 bytes a distinct text of up to 16.7 million; of a text that
 * has more, nothing is noted.
 */
export class LineNotes {
  /** Lines that came so far. */
  lines = 0;

  private readonly hash = createHash("sha256");
  private readonly codes = new ByteList();
  /** Where the codes of every so many lines begin. */
  private readonly edges: number[] = [];
  private isTooLong = false;

  private constructor(
    private readonly distinct: DistinctTexts,
    private readonly step: number,
    private readonly most: number,
  ) {}

  /**
   * @param step the notes can be cut where so many lines, or a multiple, have come
   * @param most distinct texts, beyond which nothing is noted
   */
  static async create(step = Number.POSITIVE_INFINITY, most = MOST_TEXTS): Promise<LineNotes> {
    return new LineNotes(await DistinctTexts.create(), step, most);
  }

  /** @param line from 1; those left out since the last one have no text */
  add(given: string, line: number): void {
    if (this.isTooLong) {
      this.lines = line;
      return;
    }
    while (this.lines + 1 < line) this.push(NONE);
    const text = given.trim();
    this.push(text === "" ? NONE : this.codeOf(text));
    this.isTooLong = this.distinct.size > this.most;
  }

  private push(code: number): void {
    if (this.lines++ % this.step === 0) this.edges.push(this.codes.length);
    this.codes.push(code);
  }

  private codeOf(text: string): number {
    const before = this.distinct.size;
    const number = this.distinct.add(text);
    if (number < before) return SEEN + before - 1 - number;
    this.hash.update(`${text.length} ${text}\n`);
    return NEW;
  }

  /**
   * Nothing of a text that is too long to be noted.
   *
   * @param first the line to begin with, from 0, a multiple of the step; and where to end
   */
  finish(first = 0, end = this.lines): KnownLines | undefined {
    if (this.isTooLong) return undefined;
    const edge = (line: number) =>
      line >= this.lines ? this.codes.length : line === 0 ? 0 : this.edges[line / this.step];
    const codes = this.codes.bytes().subarray(edge(first), edge(end));
    return { hash: this.hash.digest("hex"), lines: deflateRawSync(codes).toString("base64") };
  }
}

/** The text of each line by its number, from 0; −1 where it has none. */
export function* textsOfLines({ lines }: KnownLines): Generator<number> {
  let texts = 0;
  for (const code of codesOf(lines))
    if (code === NONE) yield -1;
    else yield code === NEW ? texts++ : texts - 1 - (code - SEEN);
}

/** Whether the text of each line comes for the first time. */
export function* newLines({ lines }: KnownLines): Generator<boolean> {
  for (const code of codesOf(lines)) yield code === NEW;
}

function* codesOf(lines: KnownLines["lines"]): Generator<number> {
  for (const part of [lines].flat()) yield* readNumbers(inflateRawSync(Buffer.from(part, "base64")));
}

/** Whole numbers in as few bytes as they need, seven bits in each, the lowest first. */
class ByteList {
  length = 0;

  private held = Buffer.allocUnsafe(4096);

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
