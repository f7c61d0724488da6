import { type Command, Option } from "commander";
import type { Report } from "../../../src/index.js";
import { MARGINS } from "../../../src/types/pairs.js";
import type { Context } from "../../context.js";
import { addEncoderOptions } from "../../encoder-options.js";
import {
  addCentreOptions,
  addProgressOptions,
  addThreadsOption,
  choice,
  GROUPS,
  K_HELP,
  positiveNumber,
} from "../../options.js";
import type { ProgressOptions } from "../../progress.js";
import { printReport, type ReportFlags } from "../../report.js";
import { type Listeners, withProgress } from "../../with-progress.js";

export function addMarginOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.search)
    .addOption(
      choice(
        "--margin <name>",
        "how a cosine is weighed against its neighbourhood (default: ratio)",
        MARGINS,
      ),
    );
  addNeighbourhoodOption(command);
}

export function addNeighbourhoodOption(command: Command): void {
  command.optionsGroup(GROUPS.search).option("--k <n>", K_HELP, positiveNumber);
}

export function addEvaluationOptions(command: Command): void {
  addEncoderOptions(command);
  command.option("--cache <folder>", "keep vectors there, so that a sentence is encoded only once");
  addCentreOptions(command);
  command.optionsGroup(GROUPS.output).option("--confidence", "add 95 % bootstrap intervals");
  addThreadsOption(command);
}

export function addAgainstOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.encoder)
    .option(
      "--against <name>",
      "compare with this encoder: the gain over it, with a paired bootstrap interval",
    )
    .option("--against-variant <name>", "which model file of that encoder (default: as --variant)");
}

export function addReportOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.output)
    .addOption(new Option("--json", "print JSON, for programs").conflicts(["markdown", "latex"]))
    .addOption(new Option("--markdown", "print a Markdown table").conflicts("latex"))
    .option("--latex", "print a LaTeX table");
  addProgressOptions(command, "the report and errors");
}

/** Runs an evaluation with its progress on stderr, and prints what it found. */
export async function report(
  context: Context,
  flags: ReportFlags & ProgressOptions,
  evaluate: (listeners: Listeners) => Promise<Report>,
): Promise<void> {
  await printReport(await withProgress(flags, context, evaluate), flags, context);
}
