import type { Command } from "commander";
import { InputError, OptionError } from "../../src/errors.js";
import type { ExtractOptions } from "../../src/index.js";
import { extract } from "../../src/jobs/extract/extract.js";
import { UNITS } from "../../src/jobs/extract/options.js";
import { DOCUMENT_FORMATS } from "../../src/read/documents/document-format.js";
import { PRESETS } from "../../src/read/documents/presets.js";
import { SENTENCE_FORMATS } from "../../src/write/format-sentence.js";
import { COMPRESSIONS } from "../../src/write/volumes.js";
import type { Context } from "../context.js";
import { describeExtraction } from "../describe-extraction.js";
import {
  addProgressOptions,
  byteSize,
  choice,
  decimalNumber,
  GROUPS,
  listOf,
  named,
  positiveNumber,
} from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { PROGRESS_FLAGS } from "../progress.js";
import { withProgress } from "../with-progress.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
The exit code is 1 if a file could not be read; the sentences of the others are written all the same.

Columns of tsv, and fields of jsonl: text, language, score, url, id, file, offset, block, sentence.
Fields of pages: url, id, file, offset, title, hreflang, language, score, blocks (a list of sentences each).

Example:
  $ crisscross extract CC-MAIN-*.warc.gz --languages de,en -o sentences/
  $ crisscross mine sentences/de.jsonl.zst sentences/en.jsonl.zst --columns url -o pairs.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description(
      "Takes clean sentences out of WARC, WET, ARC, JSON and plain text, into a file for each language. An interrupted run goes on where it stopped.",
    )
    .argument("[inputs...]", "files and folders; compressed, too; - is standard input")
    .optionsGroup(GROUPS.input)
    .option(
      "--files-from <file>",
      "more inputs, a path on each line, as in Common Crawl's wet.paths.gz; - is standard input",
    )
    .addOption(
      choice("--format <name>", "format of the inputs (default: by name and first bytes)", DOCUMENT_FORMATS),
    )
    .addOption(
      choice(
        "--preset <name>",
        "json, jsonl, parquet, text: use the fields of this published corpus",
        PRESETS,
      ),
    )
    .option("--field <path>", "json, jsonl, parquet: path to the text (default: text)")
    .option("--url-field <path>", "json, jsonl, parquet: path to the address (default: url)")
    .option("--id-field <path>", "json, jsonl, parquet: path to the identifier (default: id)")
    .addOption(
      choice(
        "--on-error <what>",
        "at a record that cannot be read: stop, or skip and count it (default: skip)",
        ["stop", "skip"],
      ),
    )
    .optionsGroup(GROUPS.selection)
    .option("--languages <codes>", "languages to keep, e.g. de,en or zh-Hant (default: all)", listOf(named))
    .option("--language-model <file>", "fastText model that tells languages, .bin or .ftz (default: lid.176)")
    .option(
      "--min-language-score <p>",
      "least probability of a sentence's language (default: 0.5)",
      decimalNumber,
    )
    .option("--min-characters <n>", "leave out shorter sentences (default: 3)", positiveNumber)
    .option("--max-characters <n>", "leave out longer sentences (default: 1000)", positiveNumber)
    .option("--min-letters <share>", "least share of letters (default: 0.5)", decimalNumber)
    .option("--max-run <n>", "longest run of one character (default: 9)", positiveNumber)
    .option(
      "--near-duplicates <similarity>",
      "leave out documents at least this similar to an earlier one, e.g. 0.8",
      decimalNumber,
    )
    .optionsGroup(GROUPS.output)
    .requiredOption(
      "-o, --output <folder>",
      "where the sentences go, and what an interrupted run goes on with",
    )
    .addOption(
      choice(
        "--unit <name>",
        "what stands on a line: a sentence, or a page with all its sentences (default: sentence)",
        UNITS,
      ),
    )
    .addOption(choice("--output-format <name>", "format of the sentences (default: jsonl)", SENTENCE_FORMATS))
    .addOption(choice("--compression <name>", "compression of the output (default: zst)", COMPRESSIONS))
    .option(
      "--shard-size <size>",
      "begin a language's next file after this much text, e.g. 1G (default: never)",
      byteSize,
    )
    .optionsGroup(GROUPS.run)
    .option(
      "--reuse <folder>",
      "the output of another run, or a folder of several: files that one of them read are not read again",
    )
    .option("--clean", "remove at the end what would save a later run from reading the same files again")
    .option("--force", "let go the files of languages that an earlier run wrote there and this one does not")
    .option(
      "--memory <size>",
      "memory limit for finding duplicates; the rest goes to disk (default: 1G)",
      byteSize,
    )
    .option("--threads <n>", "files to read at once (default: all cores)", positiveNumber);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((inputs: string[], flags: ExtractFlags) => runExtract(inputs, flags, context));
}

type ExtractFlags = Omit<ExtractOptions, "filesFrom"> &
  ProgressOptions & { output: string; filesFrom?: string };

async function runExtract(inputs: string[], flags: ExtractFlags, context: Context): Promise<void> {
  const { output, filesFrom } = flags;
  const options = withoutFlags(flags, "output", "filesFrom", ...PROGRESS_FLAGS);
  if ([...inputs, filesFrom].filter((name) => name === "-").length > 1)
    throw new OptionError("Standard input is given twice.", {
      advice: "Give at least one of them as a file.",
    });
  const open = (name: string) => (name === "-" ? context.stdin : name);
  const list = filesFrom === undefined ? undefined : open(filesFrom);
  const { files, unreadable } = await withProgress(
    flags,
    context,
    (listeners) => extract(inputs.map(open), output, { ...options, filesFrom: list, ...listeners }),
    describeExtraction,
  );
  if (unreadable.length === 0) return;
  const path = unreadable.length === 1 ? unreadable[0].place.path : `${unreadable.length} of ${files} files`;
  throw new InputError({ path }, "could not be read, or not to its end; all else is written.");
}
