import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import type { EmbedFileOptions, EmbedFileSummary } from "../../src/index.js";
import { embedFile } from "../../src/jobs/embed/embed-file.js";
import { VECTOR_TYPES } from "../../src/store/arrays/number-types.js";
import type { Context } from "../context.js";
import { addOneEncoderOptions } from "../encoder-options.js";
import {
  addForeignOptions,
  addProgressOptions,
  addThreadsOption,
  choice,
  GROUPS,
  named,
  shard,
} from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { PROGRESS_FLAGS } from "../progress.js";
import { addTextOptions, READ_FLAGS, type TextFlags, textOptionsOf } from "../read-options.js";
import { withProgress } from "../with-progress.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
Examples:
  $ crisscross embed news.de.gz --encoder intfloat/multilingual-e5-small -o news.de.npy
  $ mkdir -p de && crisscross embed news.de.gz --part 3/16 -o de/3.npy
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description(
      "Embeds a text into a .npy file for NumPy and for mine: a row for each line, zeros for a blank one.",
    )
    .argument("[text]", "plain, TSV or JSON, also as gz, xz, zst or bz2; - is standard input");
  addTextOptions(command);
  command
    .option("--from <file>", "take another program's vectors of the text, a row a line, and describe them")
    .option("--text <file>", "the text, where it is not the argument");
  addForeignOptions(
    command,
    "what the vectors' space is called, where several encoders share one (default: the encoder's)",
  );
  command.option(
    "--vector-field <name>",
    "with --from: which tensor of .safetensors, or column of .parquet (default: the only one)",
    named,
  );
  addOneEncoderOptions(command);
  command
    .optionsGroup(GROUPS.output)
    .option("--part <n/of>", "embed one of several parts of the text, e.g. 3/16 (default: all)", shard)
    .requiredOption("-o, --output <file>", "where the vectors go; <file>.json beside it describes them")
    .addOption(choice("--type <name>", "how numbers are stored (default: float32)", VECTOR_TYPES));
  addThreadsOption(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((text: string | undefined, flags: EmbedFlags) => runEmbed(textOf(text, flags), flags, context));
}

type EmbedFlags = Omit<EmbedFileOptions, "read"> &
  TextFlags &
  ProgressOptions & { output: string; text?: string };

function textOf(argument: string | undefined, { text }: EmbedFlags): string {
  const given = [argument, text].filter((path) => path !== undefined);
  if (given.length === 1) return given[0];
  throw new OptionError(
    given.length === 0 ? "The text is not given." : `Two texts are given: ${given.join(" and ")}.`,
    { advice: "Give one, as the argument or with --text." },
  );
}

async function runEmbed(text: string, flags: EmbedFlags, context: Context): Promise<void> {
  const input = text === "-" ? context.stdin : text;
  await withProgress(
    flags,
    context,
    (listeners) =>
      embedFile(input, flags.output, {
        ...withoutFlags(flags, "output", "text", ...PROGRESS_FLAGS, ...READ_FLAGS),
        read: textOptionsOf(flags),
        ...listeners,
      }),
    (summary) => describeVectors(summary, flags),
  );
}

function describeVectors(
  { rows, kept, skipped, truncated, dimensions, space, leastCosine }: EmbedFileSummary,
  { type, output }: EmbedFlags,
) {
  const parts = [`${output}: ${rows} rows × ${dimensions} of ${space}`];
  if (kept > 0) parts.push(`${kept} kept from an interrupted run`);
  if (skipped > 0) parts.push(`${skipped} skipped, with rows of zeros`);
  if (truncated > 0) parts.push(`${truncated} too long for the encoder, of which only the beginning counts`);
  if (type && type !== "float32") {
    const share = type === "int8" ? "a quarter" : "half";
    parts.push(`${type} takes ${share} of the space; least cosine to float32 ${leastCosine.toFixed(6)}`);
  }
  return parts.join(" · ");
}
