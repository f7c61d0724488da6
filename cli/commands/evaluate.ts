import type { Command } from "commander";
import { addCommands, type CommandEntry } from "../add-commands.js";
import type { Context } from "../context.js";

const SUBCOMMANDS: readonly CommandEntry[] = [
  {
    name: "bucc",
    summary:
      "Precision, recall and F1 of mined id pairs against gold pairs, as the BUCC shared task counts them.",
    load: () => import("./evaluate/bucc.js"),
  },
  {
    name: "tatoeba",
    summary:
      "Closed-set accuracy on the Tatoeba test set, each direction, by cosine and by margin, and xsim.",
    load: () => import("./evaluate/tatoeba.js"),
  },
  {
    name: "xsim",
    summary: "Error rate of finding each line's translation by margin (LASER's xsim).",
    load: () => import("./evaluate/xsim.js"),
  },
  {
    name: "retrieval",
    summary: "recall@1, @5, @10 and mean reciprocal rank of each line's translation, by cosine.",
    load: () => import("./evaluate/retrieval.js"),
  },
  {
    name: "pairs",
    summary: "Precision, recall and F1 of a bitext that somebody mined.",
    load: () => import("./evaluate/pairs.js"),
  },
  {
    name: "labels",
    summary: "How well a bitext's scores tell good pairs from bad ones: the area under the ROC curve.",
    load: () => import("./evaluate/labels.js"),
  },
  {
    name: "parity",
    summary: "How alike the vectors of two encoders, or of two variants of one, are on the same sentences.",
    load: () => import("./evaluate/parity.js"),
  },
  {
    name: "search",
    summary: "How many of the true neighbours an index finds, with time and memory, beside exact search.",
    load: () => import("./evaluate/search.js"),
  },
];

/** How good an encoder, a mined bitext or a search is; one subcommand a metric. */
export function defineCommand(command: Command, context: Context, argv: readonly string[]): Promise<void> {
  command.description("Tells how good an encoder, a mined bitext or a search is.");
  return addCommands(command, SUBCOMMANDS, context, argv);
}
