import type { Command } from "commander";
import { MARGINS, type Report } from "../../../src/index.js";
import type { Context } from "../../context.js";
import { choice, positiveNumber } from "../../options.js";
import { Progress, type ProgressOptions } from "../../progress.js";
import { printReport, type ReportFlags } from "../../report.js";

export function addMarginOptions(command: Command): void {
  command.addOption(
    choice("--margin <name>", "how a cosine is set against its neighbourhood (default: ratio)", MARGINS),
  );
}

export function addEncoderOptions(command: Command): void {
  command
    .option("--encoder <name>", "ngram, or a folder in Hugging Face layout (default: ngram)")
    .option(
      "--variant <name>",
      "which model file of the folder, such as quantized or q4 (default: model.onnx)",
    )
    .option("--cache <folder>", "remember vectors there, so that a sentence is encoded once")
    .option("--centre", "subtract each side's mean from its vectors")
    .option("--k <n>", "neighbours that make a neighbourhood (default: 4)", positiveNumber)
    .option("--confidence", "add 95 % bootstrap intervals")
    .option("--threads <n>", "threads of one operation (default: all)", positiveNumber);
}

export function addReportOptions(command: Command): void {
  command
    .option("--json", "for programs")
    .option("--markdown", "for papers")
    .option("--quiet", "print nothing but the report and errors")
    .option("--verbose", "show progress off a terminal, too");
}

interface Listeners {
  signal: AbortSignal;
  onEvent: Progress["show"];
}

/** Runs an evaluation with its progress on stderr, and prints what it found. */
export async function report(
  { stdout, stderr, signal }: Context,
  flags: ReportFlags & ProgressOptions,
  evaluate: (listeners: Listeners) => Promise<Report>,
): Promise<void> {
  const progress = new Progress(stderr, flags);
  try {
    const found = await evaluate({ signal, onEvent: (event) => progress.show(event) });
    progress.clear();
    printReport(found, flags, stdout);
  } finally {
    progress.clear();
  }
}
