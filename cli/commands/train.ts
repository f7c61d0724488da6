import { Command } from "commander";
import type { Context } from "../context.js";
import { table } from "./train/table.js";

/** Making encoders of translation pairs. */
export function trainCommand(context: Context): Command {
  const command = new Command("train").description("Trains an encoder on translation pairs.");
  for (const subcommand of [table]) command.addCommand(subcommand(context));
  return command;
}
