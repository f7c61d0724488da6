import { type Command, InvalidArgumentError } from "commander";
import type { SearchShardOptions, Shard, ShardSummary } from "../../src/index.js";
import { searchShard } from "../../src/jobs/shards/search-shard.js";
import { SEARCH_TYPES } from "../../src/search/coding.js";
import { INDEXES } from "../../src/steps/neighbours/indexes/index-options.js";
import type { Context } from "../context.js";
import { addProgressOptions, choice, decimalNumber, positiveNumber } from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Each machine of a cluster searches a shard; merge makes of all shards what one mine would find:
  $ mkdir -p shards && crisscross search de.npy en.npy --shard 3/16 -o shards/3
  $ crisscross merge shards/* -o run/
  $ crisscross select run/ --threshold 1.06 -o pairs.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Searches a shard of the source's vectors against all of the target's, in both directions.")
    .argument("<source>", "vectors (.npy) that embed made of a file")
    .argument("<target>", "the other side's")
    .requiredOption("-o, --output <folder>", "where its neighbours go, whole or not at all")
    .option("--shard <n/of>", "which share of the source, such as 3/16 (default: 1/1, all)", shard)
    .option(
      "--centre",
      "subtract each side's mean from its vectors before they are searched (default: as the encoder asks)",
    )
    .option("--no-centre", "do not")
    .option("--k <n>", "neighbours that make a neighbourhood (default: 4)", decimalNumber)
    .addOption(choice("--index <name>", "exact or ivf; auto goes by the size (default: auto)", INDEXES))
    .addOption(
      choice(
        "--search-type <name>",
        "exact: multiply as float32, or faster as int8 (default: float32; auto: by the size)",
        SEARCH_TYPES,
      ),
    )
    .option("--search-effort <n>", "ivf: lists looked at for each sentence (default: 64)", positiveNumber)
    .addOption(
      choice("--guard <what>", "copies: never pair a sentence with its untranslated copy", ["copies"]),
    )
    .option("--min-characters <n>", "leave out shorter sentences", positiveNumber)
    .option("--max-characters <n>", "leave out longer sentences", positiveNumber)
    .option("--threads <n>", "threads of one operation (default: all)", positiveNumber);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((source: string, target: string, flags: SearchFlags) =>
      runSearch(source, target, flags, context),
    );
}

type SearchFlags = SearchShardOptions & ProgressOptions & { output: string };

async function runSearch(
  source: string,
  target: string,
  { output, quiet, verbose, ...options }: SearchFlags,
  context: Context,
): Promise<void> {
  await withProgress(
    { quiet, verbose },
    context,
    (listeners) => searchShard(source, target, output, { ...options, ...listeners }),
    (summary) => describeShard(summary, output),
  );
}

function describeShard({ shard: { number, of }, rows, kept }: ShardSummary, output: string): string {
  const what = `${output}: shard ${number}/${of} · ${rows.source} sources × ${rows.target} targets`;
  return kept ? `${what} · done before, kept` : what;
}

function shard(text: string): Shard {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (of === undefined) throw new InvalidArgumentError("Expected a number of how many, such as 3/16.");
  return { number: Number(number), of: Number(of) };
}
