import type { Command } from "commander";
import type { ConvertSummary, ReadPairsOptions } from "../../src/index.js";
import { convert } from "../../src/jobs/convert.js";
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
} from "../bitext-options.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { addProgressOptions, choice } from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Example:
  $ crisscross convert memory.tmx --languages de,en -o pairs.jsonl.gz
`;

type ConvertFlags = BitextFlags & BitextOutputFlags & ProgressOptions & Pick<ReadPairsOptions, "codes">;

export function defineCommand(command: Command, context: Context): void {
  command
    .description(
      "Converts a bitext to TSV, JSON lines, Moses (two files) or TMX 1.4, from any format that is read.",
    )
    .argument("<bitext>", "a file, also as gz, xz, zst or bz2; - is standard input")
    .argument("[target]", "the other of two files with a pair on each line number");
  addBitextOptions(command);
  addLanguagesOption(command);
  command.addOption(
    choice("--codes <what>", "tmx, xliff: codes inside inline tags (default: drop)", ["drop", "keep"]),
  );
  addBitextOutputOptions(command, "tsv");
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((source: string, target: string | undefined, flags: ConvertFlags) =>
      runConvert(source, target, flags, context),
    );
}

async function runConvert(
  source: string,
  target: string | undefined,
  flags: ConvertFlags,
  context: Context,
): Promise<void> {
  await using bitext = givenBitext(source, target, flags, context);
  const output = bitextOutput(flags.output, flags.outputFormat, context);
  await refuseClashes([output].flat(), [source, target]);
  const languages = await languagesOfTmx(flags, bitext, output, flags.outputFormat);
  await withProgress(
    flags,
    context,
    (listeners) =>
      convert(bitext.input, output, {
        ...listeners,
        read: { ...bitext.read, codes: flags.codes },
        write: { format: flags.outputFormat, languages, header: headerOf(flags) },
      }),
    describeConverted,
  );
}

function describeConverted({ pairs, skipped, unitsWithoutBoth, variantsLeft }: ConvertSummary): string {
  const parts = [
    count(pairs, "pair"),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(unitsWithoutBoth > 0 ? [`${count(unitsWithoutBoth, "unit")} without both languages`] : []),
    ...(variantsLeft > 0 ? [`${count(variantsLeft, "variant")} beyond the two left out`] : []),
  ];
  return parts.join(" · ");
}
