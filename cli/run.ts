import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { CrisscrossError, OptionError } from "../src/errors.js";
import { addCommands } from "./add-commands.js";
import { COMMANDS } from "./commands.js";
import type { Context } from "./context.js";
import { firstError } from "./first-error.js";
import { Interrupted } from "./interrupted.js";
import { groupItems } from "./order-groups.js";
import { print } from "./print.js";
import { spellOption } from "./spell-option.js";
import { tell } from "./tell.js";

/** Exit codes; by whichever signal, `run` itself says interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Runs one command line and gives its exit code. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  let help = Promise.resolve();
  const writeOut = (text: string) => {
    help = print(text, context);
    // It is waited for below.
    help.catch(() => {});
  };
  try {
    const program = await createProgram(argv, context, writeOut);
    try {
      await program.parseAsync(argv, { from: "user" });
    } finally {
      await help;
    }
    return EXIT.done;
  } catch (error) {
    return report(firstError(error), context);
  }
}

/** The command line interface, with the commands that the arguments name. */
export async function createProgram(
  argv: readonly string[],
  context: Context,
  writeOut: (text: string) => void = (text) => context.stdout.write(text),
): Promise<Command> {
  const program = new Command("crisscross")
    .description(
      "Mines parallel sentences from monolingual texts; scores, filters, deduplicates and splits bitexts.",
    )
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .configureOutput({
      writeOut,
      writeErr: (text) => context.stderr.write(text),
      outputError: (text) => tell(explainUsage(text, argv, program), context.stderr),
    })
    .configureHelp({ groupItems })
    .exitOverride();
  await addCommands(program, COMMANDS, context, argv);
  return program;
}

function report(error: unknown, { stderr, signal }: Context): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (signal.aborted) {
    const left = error instanceof Interrupted ? error.message : "no half-written file is left.";
    tell(`crisscross: interrupted; ${left}`, stderr);
    return EXIT.interrupted;
  }
  // The reader of the pipe has seen enough.
  if ((error as NodeJS.ErrnoException).code === "EPIPE") return EXIT.done;
  if (error instanceof CrisscrossError) {
    tell(`crisscross: ${error.explain({ spellOption })}`, stderr);
    return error instanceof OptionError ? EXIT.usage : EXIT.failed;
  }
  const { stack, message } = error as Error;
  tell(`crisscross: this is a bug, please report it: ${stack ?? message}`, stderr);
  return EXIT.failed;
}

/** A usage error of commander in the form of our own: one line, whole sentences. */
function explainUsage(text: string, argv: readonly string[], program: Command): string {
  const flag = text.includes("too many arguments") ? flagBeforeSurplus(argv, program) : undefined;
  if (flag) return `crisscross: ${flag.flag} takes no value, but ${flag.value} follows it. Leave that out.`;
  const [problem, advice] = text
    .trim()
    .replace(/^error: /, "")
    .split(/\s*\n\(?/);
  const sentence = problem.replace(/\.?$/, ".");
  return `crisscross: ${advice === undefined ? sentence : `${sentence} ${advice.replace(/\)$/, "")}`}`;
}

/** What is typed for a value and names no file. */
const VALUE = /^(\d*\.?\d+%?|true|false|yes|no|on|off)$/i;

/** A switch of the command and the word behind it, which may have been meant for its value. */
function flagBeforeSurplus(argv: readonly string[], program: Command) {
  let command = program;
  for (const word of argv) command = command.commands.find((one) => one.name() === word) ?? command;
  const isSwitch = (word: string) =>
    command.options.some(
      ({ long, short, required, optional }) => [long, short].includes(word) && !required && !optional,
    );
  const at = argv.findIndex((word, index) => isSwitch(word) && VALUE.test(argv[index + 1] ?? ""));
  return at < 0 ? undefined : { flag: argv[at], value: argv[at + 1] };
}

function packageVersion(): string {
  const manifest = new URL("../../package.json", import.meta.url);
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
