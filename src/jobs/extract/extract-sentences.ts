import { join } from "node:path";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import { makeTemporaryFolder } from "../../store/files/temporary-folder.js";
import { note } from "../../wording.js";
import { draftFiles } from "./draft-files.js";
import { describeNothing, type ExtractSummary, summarise } from "./extract-summary.js";
import { describeLeftOut } from "./find-in-folder.js";
import { findInputs } from "./find-inputs.js";
import { joinedLines, noJoinCounts } from "./join-drafts.js";
import { DRAFTS } from "./names.js";
import { checkExtractOptions, EXTRACT_OPTIONS, type ExtractOptions } from "./options.js";
import { nameAll, refuseUnreadable } from "./sentences-stage.js";

/** A sentence of a dump or a corpus, and where it comes from. */
export interface ExtractedSentence {
  /** The sentence, normalised. */
  text: string;
  /** Its language, by which `languages` and the files of `extract` go. */
  language: string;
  /** How sure that is, 0 to 1. */
  score: number;
  /** The page's address; null where the input gives none. */
  url: string | null;
  /** The identifier of its record; null where it has none. */
  id: string | null;
  /** The input, as it was given. */
  file: string;
  /** Where its record begins there: a byte, or the number of a line or an element. */
  offset: number;
  /** The number of its paragraph in the document, from 1. */
  block: number;
  /** Its number in the paragraph, from 1. */
  sentence: number;
}

/** Which files are read, and what is kept of them. */
export interface ExtractSentencesOptions
  extends Omit<ExtractOptions, "unit" | "outputFormat" | "compression" | "shardSize" | "clean" | "force"> {
  /** Called once with the counts, when the last sentence has been given. */
  onSummary?: (summary: Omit<ExtractSummary, "outputs">) => void;
}

const {
  unit: _unit,
  outputFormat: _format,
  compression: _compression,
  shardSize: _size,
  clean: _clean,
  force: _force,
  ...OPTIONS
} = EXTRACT_OPTIONS;

/** The names of `ExtractSentencesOptions`. */
export const EXTRACT_SENTENCES_OPTIONS: OptionNames<ExtractSentencesOptions> = {
  ...OPTIONS,
  onSummary: true,
};

/**
 * Gives the sentences that `extract` would write, in the order of the inputs, the languages among each other. Nothing
 * starts before the first is asked for, and that comes when all files have been read, into a temporary folder: what comes
 * twice is told from what does not over all of them.
 *
 * @param inputs paths of files and folders, and at most one stream
 * @throws OptionError, InputError, also if no sentence is left; OutputError; the signal's reason when it aborts
 */
export async function* extractSentences(
  inputs: readonly Input[],
  options: ExtractSentencesOptions = {},
): AsyncGenerator<ExtractedSentence, void, undefined> {
  refuseUnknown("extractSentences", options, EXTRACT_SENTENCES_OPTIONS);
  const { onSummary, signal, onEvent = () => {}, ...choices } = options;
  const { file, model, memory, threads, reuse } = checkExtractOptions({ ...choices, outputFormat: "jsonl" });
  await using folder = await makeTemporaryFolder();
  await using found = await findInputs(inputs, options, folder.path);
  const leftOut = describeLeftOut(found.leftOut);
  if (leftOut !== undefined) onEvent(note(leftOut));
  const drafting = { file, model, threads, reuse, signal, onEvent };
  const drafts = await draftFiles(found.files, join(folder.path, DRAFTS), drafting);
  refuseUnreadable(drafts);
  const counts = noJoinCounts();
  const joining = { memory, spill: join(folder.path, "spill"), signal, onEvent };
  let isEmpty = true;
  for await (const lines of joinedLines(drafts, counts, joining))
    for (const { line } of lines) {
      isEmpty = false;
      yield JSON.parse(line.toString());
    }
  const { outputs: _, ...summary } = summarise(drafts, counts, {});
  if (isEmpty)
    throw new InputError({ path: nameAll(found.files) }, describeNothing(summary, "nothing is given"));
  onSummary?.(summary);
}
