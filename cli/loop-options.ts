import type { Command } from "commander";
import { TABLE_TYPES } from "../src/embed/static/table-tensors.js";
import { TRAINERS } from "../src/jobs/criss/trainers/open-trainer.js";
import {
  choice,
  decimalNumber,
  GROUPS,
  listOf,
  positiveNumber,
  scoreOrAuto,
  wholeNumber,
} from "./options.js";
import { commandWords } from "./words.js";

/** The options of the loop that say which of a round's pairs are trained on. */
export function addTrainingChoice(command: Command): void {
  command
    .optionsGroup(GROUPS.selection)
    .option(
      "--threshold <margin>",
      "train on pairs with at least this margin, and write no others; auto: the best one as far as each round can tell it without gold",
      scoreOrAuto,
    )
    .option(
      "--precision <share>",
      "train on as many pairs as there are while this share of them is estimated to be right",
      decimalNumber,
    )
    .option(
      "--quantile <shares>",
      "share of pairs, lowest margins first, that each round leaves out of training (default: 0.8, then 0.05 less each round, down to 0.3)",
      listOf(decimalNumber),
    )
    .option("--pairs-per-language <n>", "train on this many pairs, highest margins first", positiveNumber)
    .option(
      "--tune <shares>",
      "try each of these shares in every round, and keep the encoder that finds most held-out pairs",
      listOf(decimalNumber),
    )
    .option(
      "--hub-limit <n>",
      "do not train on sentences that are neighbours of more than n others (default: 5 × k)",
      positiveNumber,
    );
}

/** The options of the loop that say how a round's encoder is trained. */
export function addTrainingOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.training)
    .addOption(
      choice(
        "--trainer <name>",
        "table: retrain a static encoder's embedding table; adapter: train a linear layer on a frozen encoder; command: run your own trainer (default: by the encoder)",
        TRAINERS,
      ),
    )
    .option("--command <words>", "program that makes each round's encoder; see below", commandWords)
    .option("--validation <n>", "pairs held out of each pair of languages (default: 32)", wholeNumber)
    .option("--epochs <n>", "passes over a round's pairs (default: 10; adapter 20)", positiveNumber)
    .option(
      "--least-steps <n>",
      "table: steps for each pair of languages at least (default: 80)",
      wholeNumber,
    )
    .option("--batch <n>", "pairs per batch (default: 512)", positiveNumber)
    .option(
      "--learning-rate <x>",
      "learning rate of the first step, falling linearly to 0 (default: 0.06; ngram 0.1; adapter 0.0005)",
      decimalNumber,
    )
    .option(
      "--map-learning-rate <x>",
      "table: learning rate of one linear map over all sentences; 0 for no map (default: 0)",
      decimalNumber,
    )
    .option(
      "--scale <x>",
      "factor of cosines before the softmax, 1/temperature (default: 10; adapter 20)",
      decimalNumber,
    )
    .option(
      "--hide-known <x>",
      "table: probability that a pair is trained on without what the start knows of it (default: 0.8)",
      decimalNumber,
    )
    .option(
      "--known-similarity <x>",
      "table: cosine from which on the start knows a piece by one of the other side (default: 0.6)",
      decimalNumber,
    )
    .option(
      "--piece-dropout <x>",
      "table: probability that a piece is left out of a step (default: 0.3)",
      decimalNumber,
    )
    .option(
      "--ema-decay <x>",
      "table: share of the table before in each round's table, once rounds choose alike (default: 0.75)",
      decimalNumber,
    )
    .option(
      "--exponent <x>",
      "draw from n pairs of two languages in proportion to n^x (default: 0.7)",
      decimalNumber,
    )
    .option(
      "--max-pieces <n>",
      "table: cut training texts after this many pieces (default: 64; ngram 512)",
      positiveNumber,
    )
    .addOption(
      choice(
        "--type <name>",
        "table: how the table is stored; only crisscross reads int4 (default: float32)",
        TABLE_TYPES,
      ),
    )
    .option("--rank <n>", "adapter: rank of the matrix added to the identity (default: 128)", positiveNumber)
    .option(
      "--additive-margin <x>",
      "adapter: margin by which a true pair has to win (default: 0.2)",
      decimalNumber,
    )
    .option("--hard-negatives <n>", "adapter: hard negatives per pair (default: 1)", wholeNumber)
    .option(
      "--seed <n>",
      "seed of ngram's directions, of what is held out, and of the order (default: 0)",
      wholeNumber,
    );
}
