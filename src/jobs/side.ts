import { type CleanCounts, type CleanOptions, clean } from "../clean/clean.js";
import { DistinctTexts } from "../clean/duplicates.js";
import { InputError } from "../errors.js";
import type { Input, ReadOptions } from "../read/input.js";
import { readSentences } from "../read/read-sentences.js";
import { PackedTexts } from "../store/packed-texts.js";
import { Places } from "../store/places.js";
import type { Sentence } from "../types.js";
import type { JobEvent } from "./events.js";

/** Where one side's text comes from: a path, a stream of bytes, or sentences in memory. */
export type TextSource = Input | Iterable<string | Sentence>;

export interface SideCounts extends CleanCounts {
  /** Lines or elements left out because of an error. */
  skipped: number;
  /** Lines whose text had already come. */
  duplicates: number;
  /** Distinct sentences. */
  sentences: number;
  /** Sentences without any feature, which can match nothing. */
  zeroVectors: number;
}

/** One side's distinct sentences, and where each stands in the input. */
export interface Side {
  name: string;
  texts: PackedTexts;
  places: Places;
  counts: SideCounts;
}

export interface Sides {
  source: Side;
  target: Side;
}

export interface SideOptions extends CleanOptions {
  read: ReadOptions;
  /** What the side is called where its input has no name. */
  side: "source" | "target";
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/**
 * Reads, cleans and numbers the sentences of one side; identical texts become one.
 *
 * @throws InputError if nothing is left
 */
export async function gatherSide(source: TextSource, options: SideOptions): Promise<Side> {
  const { side, onEvent } = options;
  const name = options.read.name ?? nameOf(source, side);
  const counts: SideCounts = {
    lines: 0,
    blank: 0,
    tooShort: 0,
    tooLong: 0,
    skipped: 0,
    duplicates: 0,
    sentences: 0,
    zeroVectors: 0,
  };
  const onSkip = (error: InputError) => {
    counts.skipped++;
    onEvent({ kind: "skipped", error });
  };
  const batches = openSource(source, { ...options.read, name, onSkip, signal: options.signal });
  const distinct = await DistinctTexts.create();
  const texts = new PackedTexts();
  const places = new Places();

  for await (const batch of clean(batches, options, counts)) {
    for (const { text, line, id } of batch) {
      const number = distinct.add(text);
      if (number === texts.length) texts.push(text);
      else counts.duplicates++;
      places.add(number, line, id);
    }
    onEvent({ kind: "progress", stage: `read ${side}`, done: counts.lines, unit: "lines" });
  }
  counts.sentences = texts.length;
  if (texts.length === 0) throw new InputError({ path: name }, describeEmpty(counts));
  return { name, texts, places, counts };
}

function nameOf(source: TextSource, side: string): string {
  if (typeof source === "string") return source;
  return Symbol.asyncIterator in source ? "standard input" : side;
}

function openSource(source: TextSource, options: ReadOptions): AsyncIterable<Sentence[]> {
  if (typeof source === "string" || Symbol.asyncIterator in source) return readSentences(source, options);
  return sentencesOf(source);
}

async function* sentencesOf(items: Iterable<string | Sentence>): AsyncGenerator<Sentence[]> {
  let line = 0;
  for (const item of items) {
    line++;
    yield [typeof item === "string" ? { text: item, line } : item];
  }
}

function describeEmpty({ lines, blank, tooShort, tooLong, skipped }: SideCounts): string {
  if (lines + skipped === 0) return "is empty; expected sentences.";
  const reasons = [
    [blank, "blank"],
    [tooShort, "too short"],
    [tooLong, "too long"],
    [skipped, "skipped for errors"],
  ].filter(([count]) => count);
  const list = reasons.map(([count, reason]) => `${count} ${reason}`).join(", ");
  return `no sentence is left of ${lines + skipped} lines (${list}); a side needs at least one.`;
}
