import { createHash } from "node:crypto";
import { type CleanCounts, type CleanOptions, clean } from "../../clean/clean.js";
import { InputError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { type Report, reportFaults } from "../../read/faults.js";
import type { ReadOptions } from "../../read/input.js";
import { PackedTexts } from "../../store/corpus/packed-texts.js";
import { Places } from "../../store/corpus/places.js";
import { openSide, type SideRecord, writeSide } from "../../store/corpus/side-files.js";
import { DistinctTexts } from "../../store/hashes/distinct-texts.js";
import type { Key } from "../../store/run/manifest.js";
import type { Stage } from "../../store/run/stage.js";
import type { Sentence, SideName } from "../../types/texts.js";
import { type Remark, warning } from "../../wording.js";
import { readText } from "./read-text.js";
import { textOutline } from "./side-outlines.js";
import type { SideText } from "./source-kind.js";

export interface SideCounts extends CleanCounts {
  /** Lines or elements left out because of an error. */
  skipped: number;
  /** Lines whose text had already come. */
  duplicates: number;
  /** Distinct sentences. */
  sentences: number;
}

export const noneCounted = (): SideCounts => ({
  lines: 0,
  lastLine: 0,
  blank: 0,
  tooShort: 0,
  tooLong: 0,
  skipped: 0,
  duplicates: 0,
  sentences: 0,
});

/** One side's distinct sentences, and where each stands in the input. */
export interface Side extends SideRecord<SideCounts> {
  /** What messages call the input. */
  name: string;
  /** Takes the error of a sentence that cannot be used: throws it, or the sentence is left out. @default it throws */
  report?: Report;
}

export type Sides = Record<SideName, Side>;

/** Both sides, which are closed when they are disposed of. */
export interface OpenSides extends Sides, Disposable {}

/** Whether any of a side's records has something in the field of this number. */
export function hasField({ texts, places }: Side, field: number): boolean {
  for (let text = 0; text < texts.length; text++)
    if (places.fields(text).some((values) => Boolean(values[field]))) return true;
  return false;
}

export interface SideOptions extends CleanOptions {
  side: string;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Reads, cleans and numbers the sentences of one side; identical texts become one. */
export function sideStage(text: SideText, options: SideOptions): Stage<Side> {
  const { side, minCharacters, maxCharacters } = options;
  const { name, hash, read } = text;
  const { onError } = read;
  const report = reportFaults({ onError, onSkip: (error) => tellSkipped(error, text, options) });
  return {
    ...textOutline(side),
    key: sideKey({ hash, read }, { minCharacters, maxCharacters }),
    make: async () => ({ ...(await gatherSide(text, options)), report }),
    save: (value, folder) => writeSide(folder, side, value),
    load: async (folder) => Object.assign(await openSide<SideCounts>(folder, side), { name, report }),
  };
}

/** What a side's sentences depend on. */
export function sideKey(
  { hash, read }: Pick<SideText, "hash" | "read">,
  { minCharacters, maxCharacters }: CleanOptions,
): Key {
  return { input: hash, read: readingKey(read), minCharacters, maxCharacters };
}

/** What a text's sentences depend on beside its bytes. */
export function readingKey({ format, column, idColumn, field, idField, fields, onError }: ReadOptions) {
  return { format, column, idColumn, field, idField, fields, onError };
}

/** A side while its sentences come. */
export class SideGatherer {
  private readonly texts = new PackedTexts();
  private readonly places = new Places();
  private readonly hash = createHash("sha256");

  private constructor(
    private readonly distinct: DistinctTexts,
    readonly counts: SideCounts,
    private readonly fields?: readonly string[],
  ) {}

  /** @param fields the fields whose values are kept with each sentence */
  static async create(fields?: readonly string[]): Promise<SideGatherer> {
    return new SideGatherer(await DistinctTexts.create(), noneCounted(), fields);
  }

  /** The number of a clean text, which it has from where it first stands. */
  add({ text, line, id, fields }: Sentence): number {
    const number = this.distinct.add(text);
    if (number === this.texts.length) {
      this.texts.push(text);
      this.hash.update(`${text.length} ${text}\n`);
    } else this.counts.duplicates++;
    this.places.add(number, line, id, this.fields && (fields ?? []));
    return number;
  }

  finish(name: string): Side {
    const { texts, places, counts, fields } = this;
    counts.sentences = texts.length;
    return { name, texts, places, counts, textHash: this.hash.digest("hex"), fields, close: () => {} };
  }
}

async function gatherSide(text: SideText, options: SideOptions): Promise<Side> {
  const gathered = await SideGatherer.create(text.read.fields);
  for await (const batch of readClean(text, options, gathered.counts))
    for (const sentence of batch) gathered.add(sentence);
  return gathered.finish(text.name);
}

/** The clean sentences of a text; what is left out is counted. */
export async function* readClean(
  text: SideText,
  options: SideOptions,
  counts: SideCounts,
): AsyncGenerator<Sentence[]> {
  const { side, signal, onEvent } = options;
  const onSkip = (error: InputError) => {
    counts.skipped++;
    tellSkipped(error, text, options);
  };
  const onNote = (note: Remark) => {
    text.read.onNote?.(note);
    onEvent(note);
  };
  for await (const batch of clean(readText(text, { onSkip, onNote, signal }), options, counts)) {
    yield batch;
    onEvent({ kind: "progress", stage: `read ${side}`, done: counts.lines, unit: "lines" });
  }
}

function tellSkipped(error: InputError, { read }: SideText, { onEvent }: SideOptions): void {
  read.onSkip?.(error);
  onEvent({ kind: "skipped", error });
}

/**
 * Why a side has no sentence.
 *
 * @returns undefined if it has some
 */
export function describeEmpty({ sentences, ...counts }: SideCounts): string | undefined {
  return sentences > 0 ? undefined : describeNone(counts);
}

/** @throws InputError if there is no sentence */
export function refuseEmpty(side: Side): Side {
  const empty = describeEmpty(side.counts);
  if (empty === undefined) return side;
  side.close();
  throw new InputError({ path: side.name }, empty);
}

/** Tells of sides that have no sentence, and whether there are any. */
export function tellEmpty({ source, target }: Sides, onEvent: (event: JobEvent) => void = () => {}): boolean {
  const told = [source, target].flatMap(({ name, counts }) => {
    const empty = describeEmpty(counts);
    return empty === undefined ? [] : `${name}: ${empty}`;
  });
  for (const message of new Set(told)) onEvent(warning(message));
  return told.length > 0;
}

function describeNone({ lines, blank, tooShort, tooLong, skipped }: Omit<SideCounts, "sentences">): string {
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
