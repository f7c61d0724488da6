import { Command } from "commander";
import {
  COLUMNS,
  FORMATS,
  type Input,
  MARGINS,
  type MineOptions,
  type MineSummary,
  mine,
  OptionError,
  PAIR_FORMATS,
  RETRIEVALS,
  type ReadOptions,
  writePairs,
} from "../../src/index.js";
import type { Context } from "../context.js";
import {
  choice,
  decimalNumber,
  listOf,
  oneOf,
  type PerSide,
  perSide,
  positiveNumber,
  wholeNumber,
} from "../options.js";
import { Progress } from "../progress.js";
import { describeSummary } from "../summary.js";

const EXAMPLE = `
Example:
  $ zcat dump.de.gz | crisscross mine - news.en.xz --threshold 1.05 -o pairs.tsv
`;

export function mineCommand(context: Context): Command {
  return new Command("mine")
    .summary("two texts in, scored translation pairs out")
    .description("Mines translation pairs from two texts: score⇥source⇥target, the best first.")
    .argument("<source>", "text in one language; - is standard input")
    .argument("<target>", "text in the other; plain, TSV or JSON, also as gz, xz, zst or bz2")
    .option("-o, --output <file>", "write here instead of to standard output; .gz and .zst compress")
    .option("--encoder <name>", "ngram, or a folder in Hugging Face layout (default: ngram)")
    .option(
      "--variant <name>",
      "which model file of the folder, such as quantized or q4 (default: model.onnx)",
    )
    .option("--dimensions <n>", "size of the ngram encoder's vectors (default: 256)", positiveNumber)
    .option("--seed <n>", "chooses the ngram encoder's random directions (default: 0)", wholeNumber)
    .addOption(
      choice("--margin <name>", "how a cosine is set against its neighbourhood (default: ratio)", MARGINS),
    )
    .option("--k <n>", "neighbours that make a neighbourhood (default: 4)", decimalNumber)
    .addOption(choice("--retrieval <name>", "which candidates become pairs (default: max)", RETRIEVALS))
    .option("--second-choice", "with max: a sentence that lost its best candidate may get another")
    .option("--threshold <score>", "keep only scores of at least this (default: keep all)", decimalNumber)
    .option("--min-characters <n>", "leave out shorter sentences", positiveNumber)
    .option("--max-characters <n>", "leave out longer sentences", positiveNumber)
    .addOption(
      choice("--guard <what>", "copies: never pair a sentence with its untranslated copy", ["copies"]),
    )
    .option("--format <name>", `${FORMATS.join(", ")} (default: by suffix) ¹`, perSide(oneOf(FORMATS)))
    .option("--column <n>", "tsv: the text's column (default: 1) ¹", perSide(positiveNumber))
    .option("--id-column <n>", "tsv: the identifier's column ¹", perSide(positiveNumber))
    .option("--field <path>", "json, jsonl: path to the text (default: text) ¹", perSide(String))
    .option("--id-field <path>", "json, jsonl: path to the identifier (default: id) ¹", perSide(String))
    .addOption(
      choice("--on-error <what>", "a broken line ends the run, or is counted (default: stop)", [
        "stop",
        "skip",
      ]),
    )
    .addOption(choice("--output-format <name>", "(default: jsonl for .jsonl, else tsv)", PAIR_FORMATS))
    .option("--columns <names>", `more of each pair, of ${COLUMNS.join(",")}`, listOf(oneOf(COLUMNS)))
    .option("--threads <n>", "threads of one operation (default: all)", positiveNumber)
    .option("--quiet", "print nothing but errors")
    .option("--verbose", "show progress off a terminal, too")
    .addHelpText("after", `\n¹ one value for both sides, or two joined by a comma: source,target\n${EXAMPLE}`)
    .action((source: string, target: string, options: Options) => runMine(source, target, options, context));
}

interface Options extends Omit<MineOptions, "read" | "readTarget"> {
  output?: string;
  outputFormat?: (typeof PAIR_FORMATS)[number];
  columns?: (typeof COLUMNS)[number][];
  format?: PerSide<(typeof FORMATS)[number]>;
  column?: PerSide<number>;
  idColumn?: PerSide<number>;
  field?: PerSide<string>;
  idField?: PerSide<string>;
  onError?: "stop" | "skip";
  quiet?: boolean;
  verbose?: boolean;
}

async function runMine(source: string, target: string, options: Options, context: Context): Promise<void> {
  if (source === "-" && target === "-")
    throw new OptionError("Both sides are standard input; give at least one of them as a file.");
  const { signal, stdout, stderr } = context;
  const progress = new Progress(stderr, options);
  let summary: MineSummary | undefined;
  const input = (name: string): Input => (name === "-" ? context.stdin : name);
  const pairs = mine(input(source), input(target), {
    ...options,
    read: readOptions(options, 0),
    readTarget: readOptions(options, 1),
    signal,
    onEvent: (event) => progress.show(event),
    onSummary: (given) => {
      summary = given;
    },
  });
  try {
    await writePairs(pairs, options.output ?? stdout, {
      format: options.outputFormat,
      columns: options.columns,
      signal,
    });
    if (summary) progress.finish(describeSummary(summary));
  } finally {
    progress.clear();
  }
}

function readOptions(options: Options, side: 0 | 1): ReadOptions {
  return {
    format: options.format?.[side],
    column: options.column?.[side],
    idColumn: options.idColumn?.[side],
    field: options.field?.[side],
    idField: options.idField?.[side],
    onError: options.onError,
  };
}
