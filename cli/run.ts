import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { CrisscrossError, OptionError } from "../src/index.js";
import { convertCommand } from "./commands/convert.js";
import { crissCommand } from "./commands/criss.js";
import { dedupCommand } from "./commands/dedup.js";
import { distilCommand } from "./commands/distil.js";
import { embedCommand } from "./commands/embed.js";
import { encodersCommand } from "./commands/encoders.js";
import { evaluateCommand } from "./commands/evaluate.js";
import { extractCommand } from "./commands/extract.js";
import { filterCommand } from "./commands/filter.js";
import { mergeCommand } from "./commands/merge.js";
import { mineCommand } from "./commands/mine.js";
import { scoreCommand } from "./commands/score.js";
import { searchCommand } from "./commands/search.js";
import { selectCommand } from "./commands/select.js";
import { splitCommand } from "./commands/split.js";
import { trainCommand } from "./commands/train.js";
import type { Context } from "./context.js";
import { Interrupted } from "./interrupted.js";

const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Runs one command line and gives its exit code. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  try {
    await createProgram(context).parseAsync(argv, { from: "user" });
    return EXIT.done;
  } catch (error) {
    return report(error, context);
  }
}

/** The whole command line interface; a command's action does the work. */
function createProgram(context: Context): Command {
  const program = new Command("crisscross")
    .description("Finds the sentences that translate each other in two piles of text.")
    .version(packageVersion(), "-V, --version")
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .exitOverride();
  for (const command of [
    mineCommand,
    selectCommand,
    extractCommand,
    crissCommand,
    scoreCommand,
    convertCommand,
    embedCommand,
    searchCommand,
    mergeCommand,
    distilCommand,
    trainCommand,
    encodersCommand,
    filterCommand,
    dedupCommand,
    splitCommand,
    evaluateCommand,
  ])
    program.addCommand(inherit(program, command(context)));
  return program;
}

/** Gives a command and its subcommands the program's way of printing and ending. */
function inherit(program: Command, command: Command): Command {
  for (const subcommand of command.commands) inherit(program, subcommand);
  return command.copyInheritedSettings(program);
}

function report(error: unknown, { stderr, signal }: Context): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (signal.aborted) {
    const left = error instanceof Interrupted ? error.message : "no half-written file is left.";
    stderr.write(`crisscross: interrupted; ${left}\n`);
    return EXIT.interrupted;
  }
  // The reader of the pipe has what it wanted.
  if ((error as NodeJS.ErrnoException).code === "EPIPE") return EXIT.done;
  if (error instanceof CrisscrossError) {
    stderr.write(`crisscross: ${error.message}\n`);
    return error instanceof OptionError ? EXIT.usage : EXIT.failed;
  }
  const { stack, message } = error as Error;
  stderr.write(`crisscross: this is a bug, please report it: ${stack ?? message}\n`);
  return EXIT.failed;
}

function packageVersion(): string {
  const manifest = new URL("../../package.json", import.meta.url);
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
