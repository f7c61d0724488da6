import { Command } from "commander";
import type { Context } from "../context.js";
import { show } from "./encoders/show.js";

/** What encoders there are and what they ask for. */
export function encodersCommand(context: Context): Command {
  const command = new Command("encoders").description("Tells what an encoder is.");
  for (const subcommand of [show]) command.addCommand(subcommand(context));
  return command;
}
