import type { Command } from "commander";
import type { DistilOptions, DistilSummary } from "../../src/index.js";
import { distil } from "../../src/jobs/distil/distil.js";
import type { Context } from "../context.js";
import { addDeviceOption, addVariantOption, addVectorOptions } from "../encoder-options.js";
import { addProgressOptions, addThreadsOption, GROUPS, positiveNumber } from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { PROGRESS_FLAGS } from "../progress.js";
import { addTextOptions, READ_FLAGS, type TextFlags, textOptionsOf } from "../read-options.js";
import { withProgress } from "../with-progress.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
Example:
  $ crisscross distil intfloat/multilingual-e5-small --variant quantized -o static-e5
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description(
      "Makes a static encoder of any other: a table of vectors in Model2Vec's layout, many times as fast.",
    )
    .argument("<encoder>", "builtin, a folder in Hugging Face or Model2Vec layout, or a name on the hub")
    .optionsGroup(GROUPS.input)
    .option(
      "--texts <file...>",
      "weight pieces by their use in these texts (default: as the tokenizer does)",
    );
  addTextOptions(command);
  addVariantOption(command);
  addDeviceOption(command);
  addVectorOptions(command, "the encoder's");
  command
    .optionsGroup(GROUPS.output)
    .requiredOption("-o, --output <folder>", "the new encoder's folder; must be new or empty")
    .option("--vocabulary <n>", "with --texts: keep only the pieces most used there", positiveNumber);
  addThreadsOption(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((encoder: string, flags: DistilFlags) => runDistil(encoder, flags, context));
}

type DistilFlags = Omit<DistilOptions, "read"> & TextFlags & ProgressOptions & { output: string };

async function runDistil(encoder: string, flags: DistilFlags, context: Context): Promise<void> {
  const texts = flags.texts?.map((text) => (text === "-" ? context.stdin : text));
  const options = {
    ...withoutFlags(flags, "output", ...PROGRESS_FLAGS, ...READ_FLAGS),
    texts,
    read: textOptionsOf(flags),
  };
  await withProgress(
    flags,
    context,
    (listeners) => distil(encoder, flags.output, { ...options, ...listeners }),
    (summary) => describeTable(summary, flags.output),
  );
}

function describeTable({ pieces, withoutText, dimensions, explained, kept }: DistilSummary, output: string) {
  const parts = [`${output}: ${pieces} pieces × ${dimensions}`];
  if (withoutText > 0) parts.push(`${withoutText} without a text, with rows of zeros`);
  if (explained < 1) parts.push(`${(100 * explained).toFixed(1)} % of the variance`);
  if (kept > 0) parts.push(`${kept} kept from an interrupted run`);
  return parts.join(" · ");
}
