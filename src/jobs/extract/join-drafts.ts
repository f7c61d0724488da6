import { findNearEarlier } from "../../clean/near-duplicates/find-near-earlier.js";
import type { JobEvent } from "../../events.js";
import type { Bits } from "../../store/hashes/bits.js";
import { findFirsts } from "../../store/hashes/find-firsts.js";
import type { VolumeWriter } from "../../write/volumes.js";
import { NO_DOCUMENT } from "./draft.js";
import type { Draft } from "./draft-files.js";
import { type DraftLines, readDraftHashes, readDraftKeys, readDraftLines } from "./read-draft.js";

/** What became of the sentences, or pages, of one language. */
export interface LanguageCounts {
  /** Sentences that cleaning kept. */
  sentences: number;
  /** With pages as the unit, which is then that of the counts below: pages that cleaning kept. */
  pages?: number;
  /** Left out as of near-duplicate documents. */
  nearDuplicates: number;
  /** Left out because the same text had come before. */
  duplicates: number;
  /** Those in the language's files. */
  written: number;
}

/** What was counted over all files together. */
export interface JoinCounts {
  /** Documents that are near-duplicates of an earlier one. */
  nearDuplicateDocuments: number;
  /** By language. */
  languages: Record<string, LanguageCounts>;
}

export interface JoinOptions {
  memory: number;
  /** A folder for what does not fit into memory. */
  spill: string;
  signal?: AbortSignal;
  onEvent(event: JobEvent): void;
}

/** A line of a draft that stays, and the language whose it is. */
export interface JoinedLine {
  language: string;
  line: Buffer;
}

/** Writes the sentences of all drafts that stay, by their language. */
export async function joinDrafts(
  drafts: readonly Draft[],
  output: VolumeWriter,
  options: JoinOptions,
): Promise<JoinCounts> {
  const counts = noJoinCounts();
  for await (const lines of joinedLines(drafts, counts, options))
    for (const { language, line } of lines) {
      const taken = output.add(language, line);
      if (taken !== undefined) await taken;
    }
  return counts;
}

const noLines = (ofPages: boolean): LanguageCounts => ({
  sentences: 0,
  ...(ofPages ? { pages: 0 } : {}),
  nearDuplicates: 0,
  duplicates: 0,
  written: 0,
});

export const noJoinCounts = (): JoinCounts => ({ nearDuplicateDocuments: 0, languages: {} });

/**
 * The sentences of all drafts in their order, some at a time: each text once, without documents that are near-duplicates
 * of an earlier one.
 *
 * @param counts is filled meanwhile
 */
export async function* joinedLines(
  drafts: readonly Draft[],
  counts: JoinCounts,
  { memory, spill, signal, onEvent }: JoinOptions,
): AsyncGenerator<JoinedLine[], void, undefined> {
  const options = { folder: spill, memoryBytes: memory };
  const documents = drafts.reduce((sum, { facts }) => sum + facts.keyed, 0);
  const dropped = await findNearEarlier(keysOf(drafts), documents, options, signal);
  using firsts = await findFirsts(hashesOf(drafts, dropped), options, signal);
  counts.nearDuplicateDocuments = countTrue(dropped);
  let [keyed, position] = [0, 0];
  for (const { path, facts } of drafts) {
    const groups = facts.outputs.map((language, group) => {
      counts.languages[language] ??= noLines(facts.sentences !== undefined);
      const counted = counts.languages[language];
      counted.sentences += facts.sentences?.[group] ?? 0;
      return { language, counted };
    });
    for await (const chunk of readDraftLines(path)) {
      signal?.throwIfAborted();
      const joined: JoinedLine[] = [];
      for (const { document, group, line } of linesOf(chunk)) {
        const { language, counted } = groups[group];
        if (counted.pages === undefined) counted.sentences++;
        else counted.pages++;
        if (isDropped(dropped, keyed, document)) counted.nearDuplicates++;
        else if (!firsts.has(position++)) counted.duplicates++;
        else {
          counted.written++;
          joined.push({ language, line });
        }
      }
      yield joined;
      onEvent({
        kind: "progress",
        stage: "write",
        done: position,
        total: firsts.length,
        unit: drafts.some(({ facts: { sentences } }) => sentences) ? "pages" : "sentences",
      });
    }
    keyed += facts.keyed;
  }
}

function* linesOf({ rows, bytes }: DraftLines) {
  let end = 0;
  for (let i = 0; i < rows.length; i++) {
    const { document, group, bytes: length } = rows.row(i);
    const start = end;
    end += length;
    yield { document, group, line: bytes.subarray(start, end) };
  }
}

/** @param keyed documents with keys in the drafts before */
function isDropped(dropped: Bits, keyed: number, document: number): boolean {
  return document !== NO_DOCUMENT && dropped.at(keyed + document);
}

function countTrue(bits: Bits): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) if (bits.at(i)) count++;
  return count;
}

function* keysOf(drafts: readonly Draft[]): Generator<BigUint64Array> {
  for (const { path } of drafts) yield* readDraftKeys(path);
}

/** Those of the sentences whose document stays. */
function* hashesOf(drafts: readonly Draft[], dropped: Bits): Generator<BigUint64Array> {
  let keyed = 0;
  for (const { path, facts } of drafts) {
    for (const { rows, hashes } of readDraftHashes(path))
      yield dropped.length === 0
        ? hashes
        : hashes.filter((_, i) => !isDropped(dropped, keyed, rows.row(i).document));
    keyed += facts.keyed;
  }
}
