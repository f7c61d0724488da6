import type { Command } from "commander";
import { addCommands, type CommandEntry } from "../add-commands.js";
import type { Context } from "../context.js";

const CACHE = `
Encoders of the hub lie in the cache that Python's huggingface_hub uses, too: HF_HUB_CACHE, or hub/ in HF_HOME
(~/.cache/huggingface). HF_TOKEN says who asks, HF_ENDPOINT whom, and HF_HUB_OFFLINE=1 that nobody is asked.
`;

const SUBCOMMANDS: readonly CommandEntry[] = [
  {
    name: "list",
    summary: "Encoders of the hub that are in the cache: name, revision, kind, dimensions, size.",
    load: () => import("./encoders/list.js"),
  },
  {
    name: "pull",
    summary: "Fetches an encoder of the hub into the cache: the files it needs, at its newest revision.",
    load: () => import("./encoders/pull.js"),
  },
  {
    name: "show",
    summary: "Kind, dimensions, pooling, prompts, model files and longest input of an encoder.",
    load: () => import("./encoders/show.js"),
  },
  {
    name: "remove",
    summary: "Removes an encoder of the hub from the cache, or one revision of it.",
    load: () => import("./encoders/remove.js"),
  },
];

/** What encoders there are and what they ask for. */
export function defineCommand(command: Command, context: Context, argv: readonly string[]): Promise<void> {
  command
    .description("Lists, fetches and removes encoders of the hub, and tells what an encoder is.")
    .addHelpText("after", CACHE);
  return addCommands(command, SUBCOMMANDS, context, argv);
}
