import { Command } from "commander";
import type { Context } from "../context.js";
import { list } from "./encoders/list.js";
import { pull } from "./encoders/pull.js";
import { remove } from "./encoders/remove.js";
import { show } from "./encoders/show.js";

const CACHE = `
Encoders of the hub lie in the cache that Python's huggingface_hub uses, too: HF_HUB_CACHE, or hub/ in HF_HOME
(~/.cache/huggingface). HF_TOKEN says who asks, HF_ENDPOINT whom, and HF_HUB_OFFLINE=1 that nobody is asked.
`;

/** What encoders there are and what they ask for. */
export function encodersCommand(context: Context): Command {
  const command = new Command("encoders")
    .description("Lists, fetches and removes encoders of the hub, and tells what an encoder is.")
    .addHelpText("after", CACHE);
  for (const subcommand of [list, pull, show, remove]) command.addCommand(subcommand(context));
  return command;
}
