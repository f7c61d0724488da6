import { Command } from "commander";
import type { Context } from "../context.js";
import { bucc } from "./evaluate/bucc.js";
import { labels } from "./evaluate/labels.js";
import { pairs } from "./evaluate/pairs.js";
import { parity } from "./evaluate/parity.js";
import { retrieval } from "./evaluate/retrieval.js";
import { search } from "./evaluate/search.js";
import { tatoeba } from "./evaluate/tatoeba.js";
import { xsim } from "./evaluate/xsim.js";

/** How good an encoder, a mined bitext or a search is; one subcommand a metric. */
export function evaluateCommand(context: Context): Command {
  const command = new Command("evaluate").description(
    "Tells how good an encoder, a mined bitext or a search is.",
  );
  for (const subcommand of [bucc, tatoeba, xsim, retrieval, pairs, labels, parity, search])
    command.addCommand(subcommand(context));
  return command;
}
