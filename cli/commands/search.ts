import type { Command } from "commander";
import type { SearchTileOptions, TileSummary } from "../../src/index.js";
import { searchTile } from "../../src/jobs/tiles/search-tile.js";
import { nameTile } from "../../src/jobs/tiles/tile-info.js";
import { SEARCH_TYPES } from "../../src/search/coding.js";
import { INDEXES } from "../../src/steps/neighbours/indexes/index-options.js";
import type { Context } from "../context.js";
import {
  addCentreOptions,
  addLengthOptions,
  addProgressOptions,
  addThreadsOption,
  addVectorTextOptions,
  byteSize,
  choice,
  GROUPS,
  K_HELP,
  positiveNumber,
  shard,
} from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Each machine of a cluster searches a tile; merge turns all tiles into what one mine would find:
  $ mkdir -p tiles && crisscross search de.npy en.npy --source-shard 3/16 --target-shard 2/8 -o tiles/3-2
  $ crisscross merge tiles/* -o run/
  $ crisscross select run/ --threshold 1.25 -o pairs.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Searches a shard of the source's vectors against one of the target's, in both directions.")
    .argument("<source>", "vectors (.npy) that embed made of a file; the file need not be here")
    .argument("<target>", "vectors of the other side")
    .optionsGroup(GROUPS.input)
    .option("--source-shard <n/of>", "which shard of the source's vectors, e.g. 3/16 (default: all)", shard)
    .option("--target-shard <n/of>", "which shard of the target's vectors (default: all)", shard);
  addVectorTextOptions(command);
  command.option("--dimensions <n>", "with --vectors raw: how many numbers a row has", positiveNumber);
  addLengthOptions(command);
  addCentreOptions(command);
  command
    .option("--k <n>", K_HELP, positiveNumber)
    .addOption(choice("--index <name>", "exact or ivf; auto chooses by size (default: auto)", INDEXES))
    .addOption(
      choice(
        "--search-type <name>",
        "exact: compare as float32, or faster as int8 (default: float32; auto: by size)",
        SEARCH_TYPES,
      ),
    )
    .option("--search-effort <n>", "ivf: lists searched for each sentence (default: 50)", positiveNumber)
    .option(
      "--centroids <folder>",
      "ivf: the clusters that crisscross centroids made (default: each tile its own)",
    )
    .addOption(
      choice("--guard <what>", "copies: never pair a sentence with its untranslated copy", ["copies"]),
    )
    .optionsGroup(GROUPS.output)
    .requiredOption("-o, --output <folder>", "where the tile's neighbours go");
  command
    .optionsGroup(GROUPS.run)
    .option("--memory <size>", "memory limit for the search, e.g. 4G (default: none)", byteSize);
  addThreadsOption(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((source: string, target: string, flags: SearchFlags) =>
      runSearch(source, target, flags, context),
    );
}

type SearchFlags = SearchTileOptions & ProgressOptions & { output: string };

async function runSearch(
  source: string,
  target: string,
  { output, quiet, verbose, ...options }: SearchFlags,
  context: Context,
): Promise<void> {
  await withProgress(
    { quiet, verbose },
    context,
    (listeners) => searchTile(source, target, output, { ...options, ...listeners }),
    (summary) => describeTile(summary, output),
  );
}

function describeTile({ tile, rows, kept }: TileSummary, output: string): string {
  const what = `${output}: tile ${nameTile(tile)} · ${rows.source} sources × ${rows.target} targets`;
  return kept ? `${what} · done before, kept` : what;
}
