import type { Command } from "commander";
import { TABLE_TYPES } from "../src/embed/static/table-tensors.js";
import { TRAINERS } from "../src/jobs/criss/trainers/open-trainer.js";
import { choice, decimalNumber, listOf, positiveNumber, wholeNumber } from "./options.js";
import { commandWords } from "./words.js";

/** The options of the loop that say which of a round's pairs are trained on. */
export function addTrainingChoice(command: Command): void {
  command
    .option("--threshold <margin>", "train on pairs of at least this, and write no others", decimalNumber)
    .option(
      "--quantile <shares>",
      "share of pairs, from the lowest margin, not trained on, round by round (default: 0.5,0.4,0.3)",
      listOf(decimalNumber),
    )
    .option("--pairs-per-language <n>", "train on so many, from the highest margin", positiveNumber)
    .option(
      "--tune <shares>",
      "try each of these shares in every round, and keep the encoder that finds most of the pairs held out",
      listOf(decimalNumber),
    )
    .option(
      "--hub-limit <n>",
      "do not train on sentences that are among the nearest of more than n others (default: 5 × k)",
      positiveNumber,
    );
}

/** The options of the loop that say how a round's encoder is trained. */
export function addTrainingOptions(command: Command): void {
  command
    .addOption(
      choice(
        "--trainer <name>",
        "table trains a static encoder's, adapter a linear layer over any encoder, command runs a program (default: by the encoder)",
        TRAINERS,
      ),
    )
    .option("--command <words>", "a program that makes each round's encoder; see below", commandWords)
    .option("--validation <n>", "pairs held out, of each pair of languages (default: 256)", wholeNumber)
    .option(
      "--epochs <n>",
      "times that a round's pairs are trained on (default: 6; adapter 20)",
      positiveNumber,
    )
    .option("--batch <n>", "pairs a batch (default: 512)", positiveNumber)
    .option(
      "--learning-rate <x>",
      "at the first step, falling linearly to 0 (default: 0.03; ngram 0.1; adapter 0.0005)",
      decimalNumber,
    )
    .option(
      "--map-learning-rate <x>",
      "table: of one linear map over all sentences; 0 for none (default: 0.001)",
      decimalNumber,
    )
    .option("--scale <x>", "what cosines are multiplied by before the softmax (default: 20)", decimalNumber)
    .option("--exponent <x>", "n pairs of two languages are drawn by n^x (default: 0.7)", decimalNumber)
    .option(
      "--max-pieces <n>",
      "table: training cuts a text after so many pieces (default: 64; ngram 512)",
      positiveNumber,
    )
    .addOption(
      choice(
        "--type <name>",
        "table: how it is stored; only crisscross reads int4 (default: float32)",
        TABLE_TYPES,
      ),
    )
    .option(
      "--rank <n>",
      "adapter: of the matrix that is added to the identity (default: 128)",
      positiveNumber,
    )
    .option(
      "--additive-margin <x>",
      "adapter: taken from a true pair's cosine in training (default: 0.2)",
      decimalNumber,
    )
    .option(
      "--hard-negatives <n>",
      "adapter: wrong answers that each pair brings to its batch (default: 1)",
      wholeNumber,
    )
    .option("--seed <n>", "for ngram's directions, what is held out, and the order (default: 0)", wholeNumber)
    .option("--threads <n>", "threads of one operation (default: all)", positiveNumber);
}
