import { openRules } from "../../clean/boilerplate/rules.js";
import type { FastTextModel } from "../../clean/language/fasttext/read-model.js";
import { type LanguageIdentifier, openLanguages } from "../../clean/language/open-languages.js";
import { openBandKeys } from "../../clean/near-duplicates/band-keys.js";
import { openSplitter } from "../../clean/sentences/open-splitter.js";
import type { InputError } from "../../errors.js";
import { countReadable } from "../../read/documents/document-counts.js";
import { readDocuments } from "../../read/documents/read-documents.js";
import { type FileState, refuseChanges } from "../../store/files/file-state.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { openHash } from "../../store/hashes/hash-text.js";
import type { PlacedSentence } from "../../write/format-sentence.js";
import { type Cleaning, cleanDocument } from "./clean-document.js";
import { type ExtractCounts, noCounts } from "./counts.js";
import { linesOf } from "./document-lines.js";
import { DraftWriter, NO_DOCUMENT } from "./draft.js";
import { nameOutputs } from "./name-outputs.js";
import type { ExtractSettings } from "./options.js";

/** One file to be made into a draft. */
export interface FileTask {
  path: string;
  /** What its user calls it. */
  name: string;
  /** What it was when it was found; its draft is known by that. */
  state?: FileState;
  /** Where the draft goes. */
  draft: string;
  settings: ExtractSettings["file"];
  /** What tells languages, with its large parts shared by all threads. */
  model?: FastTextModel;
}

/** What is told while a file is read. */
export type FileNews = { records: number } | { fault: ExtractFault };

/** Something of an input that was left out. */
export interface ExtractFault extends Pick<InputError, "place"> {
  /** What was expected and what was found. */
  problem: string;
  /** What to do about it, where that is known. */
  advice?: string;
}

/** What a draft tells of itself. */
export interface FileFacts {
  counts: ExtractCounts;
  /** The languages that outputs are named by, by the numbers of the rows' groups. */
  outputs: string[];
  /** With pages as the unit: by the same numbers, the sentences of the pages. */
  sentences?: number[];
  /** Documents that have keys. */
  keyed: number;
  /** What was left out as broken, the first of it. */
  faults: ExtractFault[];
  /** Why the file could not be opened, not be read to its end, or holds nothing that can be read. */
  unreadable?: ExtractFault;
}

/** As many faults of a file are kept; all are counted. */
const FAULTS_KEPT = 100;

/** Records between two pieces of news. */
const NEWS_RECORDS = 100;

const splitter = await openSplitter();
const hashText = await openHash();

/**
 * Reads a file's documents, and writes the sentences that are asked for to a draft. Memory: that of a record and its
 * sentences.
 *
 * @param languages opened once for all tasks of a thread, which have the same model
 * @throws InputError for what cannot be read, with `onError: "stop"`
 */
export async function extractFile(
  task: FileTask,
  tell: (news: FileNews) => void,
  languages = openLanguages(task.model),
): Promise<void> {
  try {
    const draft = await DraftWriter.open(task.draft);
    try {
      const facts = await fillDraft(draft, task, tell, await languages);
      await refuseChanges([task.state]);
      await draft.finish(facts);
    } catch (error) {
      await draft.discard();
      throw error;
    }
  } catch (error) {
    throw explainWriteError(error, task.draft);
  }
}

async function fillDraft(
  draft: DraftWriter,
  { path, name, settings }: FileTask,
  tell: (news: FileNews) => void,
  languages: LanguageIdentifier,
): Promise<FileFacts> {
  const { read, unit, nearDuplicates } = settings;
  const facts: FileFacts = { counts: noCounts(), outputs: [], keyed: 0, faults: [] };
  const onSkip = (error: InputError) => noteFault(facts, error, tell);
  const { records } = facts.counts;
  const cleaning = openCleaning(settings, languages);
  if (unit === "page") facts.sentences = [];
  const outputOf = ({ language, text }: PlacedSentence) => cleaning.outputOf(language, text)!;
  const groupOf = numberGroups(facts.outputs);
  const keys = nearDuplicates === undefined ? undefined : await openBandKeys({ threshold: nearDuplicates });
  let told = 0;
  for await (const document of readDocuments(path, { ...read, name, counts: records, onSkip })) {
    const sentences = [...cleanDocument(document, cleaning, facts.counts)];
    const lines = [...linesOf({ ...document, file: name, sentences, outputOf }, settings, facts.counts)];
    if (lines.length > 0) {
      const number = keys ? await draft.addDocument(keys.keysOf(document.blocks)) : NO_DOCUMENT;
      if (number !== NO_DOCUMENT) facts.keyed++;
      for (const { line, output, text, sentences: held } of lines) {
        const group = groupOf(output);
        draft.addLine(line, number, group, hashText(text));
        if (facts.sentences) facts.sentences[group] = (facts.sentences[group] ?? 0) + held;
      }
      await draft.flush();
    }
    if (records.kept - told >= NEWS_RECORDS) {
      tell({ records: records.kept - told });
      told = records.kept;
    }
  }
  tell({ records: records.kept - told });
  if (countReadable(records) === 0) facts.unreadable ??= facts.faults[0];
  return facts;
}

function noteFault(facts: FileFacts, error: InputError, tell: (news: FileNews) => void): void {
  const { place, problem, advice } = error;
  if (error.isOfTheSystem) facts.unreadable = { place, problem, advice };
  else if (facts.faults.length < FAULTS_KEPT) facts.faults.push({ place, problem });
  else return;
  tell({ fault: { place, problem } });
}

function openCleaning(
  { rules, languages: codes, minLanguageScore }: FileTask["settings"],
  { identify }: LanguageIdentifier,
): Cleaning {
  return {
    identify,
    splitSentences: splitter.splitSentences,
    firstFault: openRules(rules),
    outputOf: nameOutputs(codes),
    minLanguageScore,
  };
}

/** Numbers names in the order they come, in `names`. */
function numberGroups(names: string[]): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  };
}
