import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { OptionNames } from "../../check-options.js";
import { checkNumbers, checkOneOf, checkShare, checkWhole } from "../../check-values.js";
import { type BoilerplateOptions, openRules } from "../../clean/boilerplate/rules.js";
import { type FastTextModel, readModel } from "../../clean/language/fasttext/read-model.js";
import { knownLanguages } from "../../clean/language/label-codes.js";
import { parseLanguage } from "../../clean/language/parse-language.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import { DOCUMENT_FORMATS } from "../../read/documents/document-format.js";
import type { DocumentOptions } from "../../read/documents/document-options.js";
import { PRESETS } from "../../read/documents/presets.js";
import type { Input } from "../../read/input.js";
import { option, say } from "../../wording.js";
import { SENTENCE_FORMATS, type SentenceFormat } from "../../write/format-sentence.js";
import { COMPRESSIONS, type Compression } from "../../write/volumes.js";

/** What stands on a line of what is extracted. */
export const UNITS = ["sentence", "page"] as const;
/** What stands on a line of what is extracted. */
export type Unit = (typeof UNITS)[number];

/** Which files are read, what is kept of them, and how it is written. */
export interface ExtractOptions
  extends BoilerplateOptions,
    Pick<DocumentOptions, "format" | "preset" | "field" | "urlField" | "idField">,
    JobListeners {
  /** A list of more inputs, a path a line. */
  filesFrom?: Input;
  /** Languages that are kept: ISO 639 codes, such as de, deu or zh-Hant. @default all */
  languages?: readonly string[];
  /** A model of fastText that tells languages, .bin or .ftz. @default lid.176 */
  languageModel?: string;
  /** Least probability of a sentence's language, 0 to 1. @default 0.5 */
  minLanguageScore?: number;
  /**
   * Leave out documents at least this similar to an earlier one: the Jaccard similarity of their word 5-shingles, by
   * MinHash; above 0 and at most 1.
   * @default none are left out
   */
  nearDuplicates?: number;
  /** A record that cannot be read is counted and left out, or ends the work. @default "skip" */
  onError?: "stop" | "skip";
  /**
   * What stands on a line: a sentence, each text once; or a page with all its sentences in their blocks, in the language of
   * most of its text, and of pages that say the same the first. Pages are written as jsonl.
   * @default "sentence"
   */
  unit?: Unit;
  /** How sentences are written; `txt` keeps nothing of where they come from. @default "jsonl" */
  outputFormat?: SentenceFormat;
  /** @default "zst" */
  compression?: Compression;
  /** Bytes of text, before compression, after which a language's next file begins. @default one file a language */
  shardSize?: number;
  /**
   * Bytes for finding duplicates; what does not fit goes to disk.
   * @default 1 GiB
   */
  memory?: number;
  /** Files that are read at once. @default as many as there are processors */
  threads?: number;
  /**
   * Remove at the end what would save a later run from reading the same files again.
   * @default false
   */
  clean?: boolean;
  /**
   * The output folder of another run, or a folder of several, such as each machine's: what one of them read of the same
   * inputs with the same options is not read again.
   * @default none
   */
  reuse?: string;
  /**
   * Let go the files of languages that an earlier run wrote into the folder, and that this one does not write. Without it
   * such a run is refused before anything is removed.
   * @default false
   */
  force?: boolean;
}

/** The names of `ExtractOptions`. */
export const EXTRACT_OPTIONS: OptionNames<ExtractOptions> = {
  filesFrom: true,
  languages: true,
  languageModel: true,
  minLanguageScore: true,
  nearDuplicates: true,
  onError: true,
  unit: true,
  outputFormat: true,
  compression: true,
  shardSize: true,
  memory: true,
  threads: true,
  clean: true,
  reuse: true,
  force: true,
  minCharacters: true,
  maxCharacters: true,
  minLetters: true,
  maxRun: true,
  without: true,
  format: true,
  preset: true,
  field: true,
  urlField: true,
  idField: true,
  signal: true,
  onEvent: true,
};

/** Options with nothing left open. */
export interface ExtractSettings {
  /** How files are read and cleaned; what is kept of a file depends on these alone. */
  file: {
    read: Pick<DocumentOptions, "format" | "preset" | "field" | "urlField" | "idField" | "onError">;
    rules: BoilerplateOptions;
    languages?: string[];
    /** What tells the model's file from another one. */
    languageModel?: { bytes: number; modified: string };
    minLanguageScore: number;
    nearDuplicates?: number;
    /** Left out for sentences, so that what was made before there were pages is still known. */
    unit?: "page";
    outputFormat: SentenceFormat;
  };
  /** What tells languages. */
  model?: FastTextModel;
  compression: Compression;
  shardSize?: number;
  memory: number;
  threads: number;
  reuse?: string;
}

/**
 * Checks everything that can be checked before the first file is read.
 *
 * @throws OptionError that names the option, what it may be and what it is
 */
export function checkExtractOptions(options: ExtractOptions): ExtractSettings {
  const { format, preset, field, urlField, idField, onError = "skip" } = options;
  const { minCharacters, maxCharacters, minLetters, maxRun } = options;
  const { minLanguageScore = 0.5, nearDuplicates, shardSize } = options;
  const { unit = "sentence", outputFormat = "jsonl", compression = "zst" } = options;
  const { memory = 2 ** 30, threads = availableParallelism() } = options;
  if (format !== undefined) checkOneOf("format", format, DOCUMENT_FORMATS);
  if (preset !== undefined) checkOneOf("preset", preset, PRESETS);
  checkOneOf("onError", onError, ["stop", "skip"]);
  checkOneOf("unit", unit, UNITS);
  checkOneOf("outputFormat", outputFormat, SENTENCE_FORMATS);
  checkOneOf("compression", compression, COMPRESSIONS);
  if (unit === "page" && outputFormat !== "jsonl")
    throw new OptionError(
      say`${option("outputFormat")} is ${outputFormat}, but pages have a form only as lines of JSON.`,
      { advice: say`Leave ${option("outputFormat")} out.` },
    );
  checkShare({ minLanguageScore });
  checkNumbers({ nearDuplicates }, "a similarity above 0 and at most 1", (value) => value > 0 && value <= 1);
  checkWhole({ shardSize, memory, threads });
  const rules = { minCharacters, maxCharacters, minLetters, maxRun };
  openRules(rules);
  const model = options.languageModel === undefined ? undefined : readModel(options.languageModel);
  const known = model && knownLanguages(model);
  const languages =
    options.languages && [...new Set(options.languages.map((code) => parseLanguage(code, known)))].sort();
  if (languages?.length === 0)
    throw new OptionError(say`${option("languages")} is empty; expected codes of languages.`, {
      advice: "Leave it out to keep all.",
    });
  return {
    file: {
      read: { format, preset, field, urlField, idField, onError },
      rules,
      languages,
      languageModel: options.languageModel === undefined ? undefined : describeFile(options.languageModel),
      minLanguageScore,
      nearDuplicates,
      unit: unit === "page" ? unit : undefined,
      outputFormat,
    },
    model,
    compression,
    shardSize,
    memory,
    threads,
    reuse: options.reuse,
  };
}

function describeFile(path: string): { bytes: number; modified: string } {
  const { size, mtime } = statSync(path);
  return { bytes: size, modified: mtime.toISOString() };
}
