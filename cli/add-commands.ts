import { type Command, Option } from "commander";
import type { Context } from "./context.js";
import { GROUPS } from "./options.js";

/** A command as its parent's help lists it, and the file that defines it, loaded when the command is asked for. */
export interface CommandEntry {
  name: string;
  summary: string;
  load(): Promise<{ defineCommand: DefineCommand }>;
}

/** Gives a command its arguments, options and action. */
export type DefineCommand = (
  command: Command,
  context: Context,
  argv: readonly string[],
) => void | Promise<void>;

/** Adds commands to their parent. Those that the arguments name are loaded, with all that they use. */
export async function addCommands(
  parent: Command,
  entries: readonly CommandEntry[],
  context: Context,
  argv: readonly string[],
): Promise<void> {
  for (const { name, summary, load } of entries) {
    const command = parent
      .command(name)
      .summary(summary)
      .description(`${summary[0].toUpperCase()}${summary.slice(1)}.`)
      .addHelpOption(new Option("-h, --help", "show this help").helpGroup(GROUPS.run));
    if (!argv.includes(name)) continue;
    const { defineCommand } = await load();
    await defineCommand(command, context, argv);
  }
}
