import { type Command, Option } from "commander";
import { OptionError } from "../../src/errors.js";
import { report } from "../../src/jobs/report/report.js";
import { writeReport } from "../../src/jobs/report/write-report.js";
import { refuseFilesOf } from "../../src/store/files/output-path.js";
import { refuseClashes } from "../../src/store/run/refuse-clashes.js";
import {
  addBitextOptions,
  addLanguagesOption,
  type BitextFlags,
  bitextReadOptions,
} from "../bitext-options.js";
import type { Context } from "../context.js";
import { describeReport } from "../describe-report.js";
import { addProgressOptions, GROUPS, named, positiveNumber } from "../options.js";
import { print } from "../print.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Examples:
  $ crisscross report run/ -o report.html
  $ crisscross report scored.tsv filtered/ --against before.tsv -o report.html
  $ crisscross report run/ --text
`;

/** What a report wrote before, which is no part of a run or of what filter and extract leave. */
const PAGE = /\.html?(?:\.gz|\.zst)?$/i;

interface ReportFlags extends BitextFlags, ProgressOptions {
  against?: string;
  show?: number;
  output?: string;
  text?: true;
}

export function defineCommand(command: Command, context: Context): void {
  command
    .description(
      "Shows runs, loops, scored bitexts and what filter and extract leave on one page: scores, what each threshold keeps, pairs to judge, and what was left out.",
    )
    .argument(
      "<inputs...>",
      "folders of mine --run, criss, extract and filter; bitexts with scores; - is standard input",
    );
  addBitextOptions(command);
  addLanguagesOption(command);
  command
    .optionsGroup(GROUPS.input)
    .option(
      "--against <bitext>",
      "show which pairs came and which went since this one, or since this run",
      named,
    )
    .optionsGroup(GROUPS.output)
    .option("--show <n>", "pairs to look at, of each input (default: 100)", positiveNumber)
    .option("-o, --output <file>", "write the page to this file (default: -, standard output)")
    .addOption(
      new Option("--text", "print a histogram and figures for the terminal in place of the page").conflicts(
        "output",
      ),
    );
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((inputs: string[], flags: ReportFlags) => runReport(inputs, flags, context));
}

async function runReport(inputs: string[], flags: ReportFlags, context: Context): Promise<void> {
  const { against, show, output = "-", text } = flags;
  const { stdin, stdout, signal } = context;
  const isTerminal = "isTTY" in stdout && stdout.isTTY === true;
  if (isTerminal && output === "-" && !text)
    throw new OptionError("The page would be written to the terminal.", {
      advice: "Name a file with --output, or ask for --text.",
    });
  const named = against === undefined ? inputs : [...inputs, against];
  if (named.filter((name) => name === "-").length > 1)
    throw new OptionError("Several inputs are standard input.", { advice: "Give all but one as files." });
  if (output !== "-") {
    await refuseClashes([output], named);
    if (!PAGE.test(output)) await refuseFilesOf(output, named);
  }
  const open = (name: string) => (name === "-" ? stdin : name);
  const model = await withProgress(flags, context, (listeners) =>
    report(inputs.map(open), {
      ...listeners,
      against: against === undefined ? undefined : open(against),
      show,
      read: bitextReadOptions(flags),
    }),
  );
  if (text) return print(describeReport(model, stdout), context);
  await writeReport(model, output === "-" ? stdout : output, signal);
}
