import type { Command } from "commander";
import { addCommands, type CommandEntry } from "../add-commands.js";
import type { Context } from "../context.js";

const SUBCOMMANDS: readonly CommandEntry[] = [
  {
    name: "table",
    summary: "Trains a static encoder: every row of its table, by in-batch contrast of translations.",
    load: () => import("./train/table.js"),
  },
];

/** Making encoders of translation pairs. */
export function defineCommand(command: Command, context: Context, argv: readonly string[]): Promise<void> {
  command.description("Trains an encoder on translation pairs.");
  return addCommands(command, SUBCOMMANDS, context, argv);
}
