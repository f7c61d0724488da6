import type { Command } from "commander";
import { evaluateParity } from "../../../src/jobs/evaluate/parity.js";
import type { Context } from "../../context.js";
import { addLanguageOption, addVectorOptions } from "../../encoder-options.js";
import { addThreadsOption, GROUPS, named, type PerSide, perSide } from "../../options.js";
import { addTextOptions, READ_FLAGS, textOptionsOf } from "../../read-options.js";
import { REPORT_FLAGS } from "../../report.js";
import { withoutFlags } from "../../without-flags.js";
import { addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("<encoder>", "builtin, a folder in Hugging Face or Model2Vec layout, or a name on the hub")
    .argument("<other>", "another encoder, or the same with another variant")
    .argument("<text>", "a sentence on each line; - is standard input")
    .optionsGroup(GROUPS.encoder)
    .option("--variant <names>", "which model files: one for both, or two joined by a comma", perSide(named));
  addVectorOptions(command);
  addLanguageOption(command, "the text");
  addTextOptions(command);
  addReportOptions(command);
  addThreadsOption(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate parity models/e5 models/e5 news.de --variant model,quantized\n",
    )
    .action((encoder: string, other: string, text: string, flags) => {
      const [variant, otherVariant] = (flags.variant as PerSide<string> | undefined) ?? [];
      return report(context, flags, (listeners) =>
        evaluateParity(encoder, other, text === "-" ? context.stdin : text, {
          ...withoutFlags(flags, ...REPORT_FLAGS, ...READ_FLAGS),
          ...listeners,
          variant,
          otherVariant,
          read: textOptionsOf(flags),
        }),
      );
    });
}
