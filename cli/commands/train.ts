import type { Command } from "commander";
import { addCommands, type CommandEntry } from "../add-commands.js";
import type { Context } from "../context.js";

const SUBCOMMANDS: readonly CommandEntry[] = [
  {
    name: "table",
    summary: "train every row of a static encoder's table, by in-batch contrast of translations",
    load: () => import("./train/table.js"),
  },
];

/** Making encoders of translation pairs. */
export function defineCommand(command: Command, context: Context, argv: readonly string[]): Promise<void> {
  return addCommands(command, SUBCOMMANDS, context, argv);
}
