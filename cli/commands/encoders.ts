import type { Command } from "commander";
import { addCommands, type CommandEntry } from "../add-commands.js";
import type { Context } from "../context.js";

const CACHE = `
Encoders of the hub are kept in the cache of Python's huggingface_hub. The environment has its settings:
  HF_HUB_CACHE, HF_HOME  the cache: HF_HUB_CACHE, or hub/ in HF_HOME (default: ~/.cache/huggingface)
  HF_TOKEN               the token for private and gated repositories
  HF_ENDPOINT            a mirror of the hub
  HF_HUB_OFFLINE=1       do not use the network
`;

const SUBCOMMANDS: readonly CommandEntry[] = [
  {
    name: "list",
    summary: "list the encoders in the cache: name, revision, kind, dimensions, size",
    load: () => import("./encoders/list.js"),
  },
  {
    name: "pull",
    summary: "fetch an encoder into the cache: the files it needs, at its newest revision",
    load: () => import("./encoders/pull.js"),
  },
  {
    name: "show",
    summary: "show an encoder's kind, dimensions, pooling, prompts, model files and longest input",
    load: () => import("./encoders/show.js"),
  },
  {
    name: "remove",
    summary: "remove an encoder from the cache, or one of its revisions",
    load: () => import("./encoders/remove.js"),
  },
];

/** What encoders there are and what they ask for. */
export function defineCommand(command: Command, context: Context, argv: readonly string[]): Promise<void> {
  command.addHelpText("after", CACHE);
  return addCommands(command, SUBCOMMANDS, context, argv);
}
