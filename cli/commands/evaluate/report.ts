import { type Command, Option } from "commander";
import type { Report } from "../../../src/index.js";
import { MARGINS } from "../../../src/types.js";
import type { Context } from "../../context.js";
import { addEncoderOptions } from "../../encoder-options.js";
import { addProgressOptions, choice, positiveNumber } from "../../options.js";
import type { ProgressOptions } from "../../progress.js";
import { printReport, type ReportFlags } from "../../report.js";
import { type Listeners, withProgress } from "../../with-progress.js";

export function addMarginOptions(command: Command): void {
  command.addOption(
    choice("--margin <name>", "how a cosine is set against its neighbourhood (default: ratio)", MARGINS),
  );
  addNeighbourhoodOption(command);
}

export function addNeighbourhoodOption(command: Command): void {
  command.option("--k <n>", "neighbours that make a neighbourhood (default: 4)", positiveNumber);
}

export function addEvaluationOptions(command: Command): void {
  addEncoderOptions(command);
  command
    .option("--cache <folder>", "remember vectors there, so that a sentence is encoded once")
    .option("--centre", "subtract each side's mean from its vectors (default: as the encoder asks)")
    .option("--no-centre", "do not")
    .option("--confidence", "add 95 % bootstrap intervals");
}

export function addAgainstOptions(command: Command): void {
  command
    .option("--against <name>", "another encoder: the gain over it, with a paired bootstrap interval")
    .option("--against-variant <name>", "which model file of that encoder (default: as --variant)");
}

export function addReportOptions(command: Command): void {
  command
    .addOption(new Option("--json", "for programs").conflicts("markdown"))
    .option("--markdown", "for papers");
  addProgressOptions(command, "the report and errors");
}

/** Runs an evaluation with its progress on stderr, and prints what it found. */
export async function report(
  context: Context,
  flags: ReportFlags & ProgressOptions,
  evaluate: (listeners: Listeners) => Promise<Report>,
): Promise<void> {
  printReport(await withProgress(flags, context, evaluate), flags, context.stdout);
}
