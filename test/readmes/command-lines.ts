import { PassThrough, Readable } from "node:stream";
import type { Command, Option } from "commander";
import { parse } from "shell-quote";
import { createProgram } from "../../cli/run.js";
import { blocks, codeOf } from "./find.js";

/** The command line as it is for these arguments, but for its actions, which do nothing. */
export async function inertProgram(argv: readonly string[]): Promise<Command> {
  const silent = new PassThrough().resume();
  const { signal } = new AbortController();
  const program = await createProgram(argv, {
    stdin: Readable.from([]),
    stdout: silent,
    stderr: silent,
    signal,
  });
  for (const { command } of commandsOf(program)) command.action(() => {});
  return program;
}

/** The command line with all its commands, which are loaded as they are named. */
export async function wholeProgram(named: readonly string[] = []): Promise<Command> {
  const program = await inertProgram(named);
  const found = commandsOf(program).flatMap(({ name }) => name.split(" "));
  const names = [...new Set([...named, ...found])];
  return names.length > named.length ? wholeProgram(names) : program;
}

/** Every command that does something, by its name as it is typed: `mine`, `evaluate bucc`. */
export function commandsOf(program: Command): { name: string; command: Command }[] {
  return program.commands.flatMap((command) => {
    const below = commandsOf(command).map(({ name, command: own }) => ({
      name: `${command.name()} ${name}`,
      command: own,
    }));
    const isGroup = below.length > 0 && command.registeredArguments.length === 0;
    return isGroup ? below : [{ name: command.name(), command }, ...below];
  });
}

/** The long names of a command's options, its own `--help` aside. */
export const optionsOf = (command: Command): string[] =>
  command.options.filter((option: Option) => !option.hidden).map((option: Option) => option.long!);

/** The arguments of every whole command line of a page: its blocks of code, and its code within text. */
export function commandLines(page: string): string[][] {
  const lines = blocks(page, "sh", "console")
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/^\$ /, ""));
  return [...lines, ...codeOf(page)].flatMap((line) => argumentsIn(line));
}

/** The arguments of each `crisscross` of a line. */
export function argumentsIn(line: string): string[][] {
  const simple: string[][] = [[]];
  for (const word of parse(line)) {
    if (typeof word === "string") simple.at(-1)!.push(word);
    else if ("pattern" in word) simple.at(-1)!.push(word.pattern);
    else simple.push([]);
  }
  return simple
    .map((words) => (words[0] === "npx" ? words.slice(1) : words))
    .filter(([program]) => program === "crisscross")
    .map(([, ...argv]) => argv);
}
