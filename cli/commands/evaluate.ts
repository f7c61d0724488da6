import type { Command } from "commander";
import { addCommands, type CommandEntry } from "../add-commands.js";
import type { Context } from "../context.js";

const SUBCOMMANDS: readonly CommandEntry[] = [
  {
    name: "bucc",
    summary: "precision, recall and F1 of mined id pairs against gold pairs, as in the BUCC shared task",
    load: () => import("./evaluate/bucc.js"),
  },
  {
    name: "tatoeba",
    summary:
      "closed-set accuracy on the Tatoeba test set in both directions, by cosine and by margin, and xsim",
    load: () => import("./evaluate/tatoeba.js"),
  },
  {
    name: "xsim",
    summary: "error rate of finding each line's translation by margin (LASER's xsim)",
    load: () => import("./evaluate/xsim.js"),
  },
  {
    name: "retrieval",
    summary: "recall@1, @5, @10 and mean reciprocal rank of each line's translation, by cosine",
    load: () => import("./evaluate/retrieval.js"),
  },
  {
    name: "pairs",
    summary: "precision, recall and F1 of a mined bitext against gold pairs",
    load: () => import("./evaluate/pairs.js"),
  },
  {
    name: "labels",
    summary: "how well a bitext's scores tell good pairs from bad ones: the area under the ROC curve",
    load: () => import("./evaluate/labels.js"),
  },
  {
    name: "parity",
    summary: "how alike the vectors of two encoders, or of two variants of one, are on the same sentences",
    load: () => import("./evaluate/parity.js"),
  },
  {
    name: "alignment",
    summary: "strict and lax precision, recall and F1 of sentence alignments, as Vecalign's scorer counts",
    load: () => import("./evaluate/alignment.js"),
  },
  {
    name: "search",
    summary: "how many of the true neighbours an index finds, with its time and memory, beside exact search",
    load: () => import("./evaluate/search.js"),
  },
];

/** How good an encoder, a mined bitext or a search is; one subcommand a metric. */
export function defineCommand(command: Command, context: Context, argv: readonly string[]): Promise<void> {
  return addCommands(command, SUBCOMMANDS, context, argv);
}
