import type { Command } from "commander";
import { DUPLICATES_OF } from "../../src/filter/duplicate-key.js";
import type { DedupSummary, DuplicatesOf, Keep } from "../../src/index.js";
import { KEEPS } from "../../src/jobs/dedup/choices.js";
import { dedupBitext } from "../../src/jobs/dedup/dedup.js";
import { refuseClashes } from "../../src/store/run/refuse-clashes.js";
import {
  addBitextOptions,
  addBitextOutputOptions,
  addLanguagesOption,
  type BitextFlags,
  type BitextOutputFlags,
  bitextOutput,
  givenBitext,
  headerOf,
  languagesOfTmx,
  outputFormatOf,
} from "../bitext-options.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { addProgressOptions, byteSize, choice, GROUPS } from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Example:
  $ crisscross dedup corpus.tsv.gz --of target --near --memory 2G -o distinct.tsv.gz
`;

interface DedupFlags extends BitextFlags, BitextOutputFlags, ProgressOptions {
  of?: DuplicatesOf;
  keep?: Keep;
  near?: boolean;
  memory?: number;
}

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Keeps one of equal pairs, the first by default, in a bitext of any size and in its order.")
    .argument(
      "<bitext>",
      "TSV, CSV, JSON, TMX, XLIFF, XCES or Parquet, also compressed; - is standard input; moses: the source",
    )
    .argument("[target]", "moses: the target");
  addBitextOptions(command);
  addLanguagesOption(command);
  command
    .optionsGroup(GROUPS.selection)
    .addOption(choice("--of <what>", "what must not come again (default: pair)", DUPLICATES_OF))
    .addOption(choice("--keep <which>", "which of equal pairs, by score or length (default: first)", KEEPS))
    .option("--near", "compare letters alone, whatever the case, spaces, digits and signs");
  addBitextOutputOptions(command);
  command
    .optionsGroup(GROUPS.run)
    .option(
      "--memory <size>",
      "memory limit, e.g. 512M; the rest goes to disk (default: 1G, least: 1M)",
      byteSize,
    );
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((bitext: string, target: string | undefined, flags: DedupFlags) =>
      runDedup(bitext, target, flags, context),
    );
}

async function runDedup(
  bitext: string,
  target: string | undefined,
  flags: DedupFlags,
  context: Context,
): Promise<void> {
  await using given = givenBitext(bitext, target, flags, context);
  const output = bitextOutput(flags.output, flags.outputFormat, context);
  await refuseClashes([output].flat(), [bitext, target]);
  const format = await outputFormatOf(flags, given);
  const languages = await languagesOfTmx(flags, given, output, format);
  const { of, keep, near, memory } = flags;
  await withProgress(
    flags,
    context,
    (listeners) =>
      dedupBitext(given.input, output, {
        ...listeners,
        of,
        keep,
        near,
        memory,
        read: given.read,
        write: { format, languages, header: headerOf(flags) },
      }),
    (summary) => describeDuplicates(summary, keep === undefined || keep === "first"),
  );
}

function describeDuplicates({ pairs, kept, duplicates, skipped }: DedupSummary, isFirst: boolean): string {
  return [
    count(pairs, "pair"),
    `${kept} kept`,
    `${duplicates} ${isFirst ? "that came before" : "that equal others"}`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(" · ");
}
