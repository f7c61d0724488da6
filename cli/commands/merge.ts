import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import type { MergeTilesOptions, PartialMergeSummary } from "../../src/index.js";
import { mergePartially } from "../../src/jobs/tiles/merge-partially.js";
import { mergeTiles } from "../../src/jobs/tiles/merge-tiles.js";
import { nameTile } from "../../src/jobs/tiles/tile-info.js";
import { fieldsAmong } from "../../src/write/columns.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { tellOlderPairs } from "../older-pairs.js";
import { addProgressOptions, byteSize, GROUPS, listOf, named } from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Example:
  $ crisscross merge tiles/* -o run/ && crisscross select run/ --threshold 1.25 -o pairs.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Merges the neighbours that all tiles of a search found into a run folder, for select.")
    .argument("<tiles...>", "the folders that search made, in any order, or that merge --partial did")
    .optionsGroup(GROUPS.input)
    .option("--source <file>", "the source's text, if it is no longer where it was")
    .option("--target <file>", "the target's text, if it is no longer where it was")
    .option(
      "--columns <names>",
      "fields of jsonl and columns of tsv that select can then write, e.g. url",
      listOf(named),
    )
    .option(
      "--memory <size>",
      "how much to hold for sorting; the rest goes to files of the run folder (default: 64M)",
      byteSize,
    )
    .optionsGroup(GROUPS.output)
    .option("--partial", "merge some tiles, which fill a rectangle, into one that is merged later")
    .requiredOption(
      "-o, --output <folder>",
      "the run folder, a new one or one to go on with; the tile, with --partial",
    );
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((tiles: string[], flags: MergeFlags) =>
      flags.partial ? runPartially(tiles, flags, context) : runMerge(tiles, flags, context),
    );
}

type MergeFlags = Omit<MergeTilesOptions, "fields"> &
  ProgressOptions & { output: string; partial?: boolean; columns?: string[] };

async function runMerge(
  tiles: string[],
  { output, quiet, verbose, partial: _, columns = [], ...options }: MergeFlags,
  context: Context,
): Promise<void> {
  const fields = fieldsAmong(columns);
  await withProgress(
    { quiet, verbose },
    context,
    async (listeners) => {
      const settings = { ...options, fields: fields.length ? fields : undefined, ...listeners };
      const summary = await mergeTiles(tiles, output, settings);
      await tellOlderPairs(output, [], listeners.onEvent);
      return summary;
    },
    (summary) => `${output}: ${count(summary.tiles, "tile")} · ${count(summary.candidates, "candidate")}`,
  );
}

async function runPartially(
  tiles: string[],
  { output, quiet, verbose, source, target, columns, memory }: MergeFlags,
  context: Context,
): Promise<void> {
  for (const [name, given] of Object.entries({ source, target, columns }))
    if (given !== undefined)
      throw new OptionError(`--${name} is given, but --partial needs no text.`, {
        advice: "Leave it out; the last merge needs it.",
      });
  if (memory !== undefined)
    throw new OptionError("--memory is given, but --partial holds 8,192 rows at once, and sorts nothing.", {
      advice: "Leave it out; the last merge sorts.",
    });
  await withProgress(
    { quiet, verbose },
    context,
    (listeners) => mergePartially(tiles, output, listeners),
    (summary) => describePartial(summary, output),
  );
}

function describePartial({ tiles, tile, kept }: PartialMergeSummary, output: string): string {
  const what = `${output}: tile ${nameTile(tile)} of ${count(tiles, "tile")}`;
  return kept ? `${what} · done before, kept` : what;
}
