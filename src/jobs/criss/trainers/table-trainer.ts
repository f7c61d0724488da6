import { checkNumbers, checkOneOf, checkPositive, checkWhole } from "../../../check-values.js";
import type { EncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { NORMALISE } from "../../../embed/folder/vector-step.js";
import { NGRAM } from "../../../embed/ngram/ngram.js";
import { openTable } from "../../../embed/static/open-table.js";
import { checkTableType, TABLE_TYPES, type TableType } from "../../../embed/static/table-tensors.js";
import { ModelError, OptionError } from "../../../errors.js";
import { temporaryPath } from "../../../store/files/whole-file.js";
import { countBags } from "../../../train/bags.js";
import { checkTraining } from "../../../train/check-training.js";
import { trainTable } from "../../../train/train-table.js";
import { option, say } from "../../../wording.js";
import { writeTrained } from "../../train/write-trained.js";
import type { CrissStartOptions } from "../known-encoder.js";
import { averageWith } from "./average-tables.js";
import { countSteps, settle, tellSteps } from "./by-epochs.js";
import { judgeBy } from "./judge-table.js";
import type { Trainer } from "./trainer.js";
import { writePieces } from "./write-pieces.js";

/** How the trainer `table` trains a static encoder. */
export interface TableTrainerOptions {
  /** How often each pair is seen in a round. @default 10 */
  epochs?: number;
  /**
   * The least number of steps for each pair of languages: the few pairs of a first round are seen more often, with other
   * pieces left out each time.
   * @default 80
   */
  leastSteps?: number;
  /** Pairs a batch, all of one pair of languages. @default 512 */
  batch?: number;
  /** Of the table's row-wise Adagrad, falling linearly to 0. @default 0.06; of ngram 0.1 */
  learningRate?: number;
  /**
   * Adam's learning rate for one linear map over all sentences, falling to 0; 0 trains no map.
   * @default 0
   */
  mapLearningRate?: number;
  /** What cosines are multiplied by before the softmax. @default 10 */
  scale?: number;
  /**
   * The probability that a pair is trained on without the pieces that the start already knows a counterpart of on the
   * other side, such as names, drawn anew at each step: it then has to teach its other words.
   * @default 0.8
   */
  hideKnown?: number;
  /** The least cosine of two pieces' rows in the start for one to be known by the other. @default 0.6 */
  knownSimilarity?: number;
  /** The probability that a piece is left out, drawn anew at each step. @default 0.3 */
  pieceDropout?: number;
  /**
   * The share of the table before in each round's table, once a round chooses its pairs as the one before: an exponential
   * moving average over rounds, which a round of chance moves less.
   * @default 0.75
   */
  emaDecay?: number;
  /** A pair of languages with n pairs is drawn by n^exponent. @default 0.7 */
  exponent?: number;
  /** A text is cut after so many pieces. @default 64; of ngram 512 */
  maxPieces?: number;
  /** How its tables are stored; `int4` is read by crisscross alone. @default "float32" */
  type?: TableType;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

const DEFAULTS = {
  epochs: 10,
  leastSteps: 80,
  batch: 512,
  learningRate: 0.06,
  mapLearningRate: 0,
  scale: 10,
  hideKnown: 0.8,
  knownSimilarity: 0.6,
  pieceDropout: 0.3,
  emaDecay: 0.75,
  exponent: 0.7,
  maxPieces: 64,
};

/** What the options of this trainer are called. */
export const TABLE_OPTIONS: readonly string[] = [...Object.keys(DEFAULTS), "type", "seedPairs"];

/** A table that has learned nothing yet takes larger steps; hashed n-grams give a dozen pieces for each word. */
const NGRAM_DEFAULTS = { ...DEFAULTS, learningRate: 0.1, maxPieces: 512 };

/** @throws OptionError about the first thing that cannot work */
export function checkTableTrainer(options: TableTrainerOptions): void {
  const { epochs, scale, mapLearningRate, batch, learningRate, exponent, maxPieces, ...rest } = settle(
    options,
    DEFAULTS,
  );
  const { hideKnown, knownSimilarity, pieceDropout, leastSteps, emaDecay } = rest;
  checkWhole({ leastSteps }, { least: 0 });
  checkPositive({ epochs, scale });
  checkNumbers({ mapLearningRate }, "a number from 0", (rate) => rate >= 0 && Number.isFinite(rate));
  checkNumbers(
    { emaDecay },
    "a number from 0 up to, but not including, 1",
    (share) => share >= 0 && share < 1,
  );
  checkTraining(new Float32Array(), 1, [], {
    steps: 1,
    batch,
    learningRate,
    exponent,
    maxPieces,
    pieceDropout,
    hideKnown: { share: hideKnown, similarity: knownSimilarity },
  });
}

/**
 * Trains the whole table of a static encoder, and one linear map that is folded into it, anew in each round. The table
 * of the last step is kept: the mined pairs that could tell a better one are those that the encoder before already
 * finds. Once rounds choose alike, it is averaged with that encoder's table (a mean teacher, Tarvainen & Valpola 2017, that
 * learns once a round); while they choose more in each, what was before would hold them back. Memory: three tables; the pieces of what is trained on lie in files meanwhile, and take some 50 bytes a pair.
 *
 * @param from the start's name in messages
 */
export function tableTrainer(from: string, options: TableTrainerOptions & { seed?: number }): Trainer {
  const { type = "float32", threads, seed = 0 } = options;
  checkOneOf("type", type, TABLE_TYPES);
  const key = { ...settle(options, from === NGRAM ? NGRAM_DEFAULTS : DEFAULTS), seed };
  return {
    key: { trainer: "table", ...key, type },
    checkStart,
    keepsBest: true,
    followsBefore: key.emaDecay > 0 ? "settled" : undefined,
    async train(bitext, start, { output, before, signal, onEvent }) {
      const table = await openTable(start.folder);
      checkTableType(type, table.dimensions);
      const cutting = { table, maxPieces: key.maxPieces, signal };
      await using files = await writePieces(bitext, temporaryPath(`${output}.pieces`), cutting);
      const { groups } = files;
      const steps = countSteps(
        groups.map(({ source }) => countBags(source)),
        key,
      );
      const {
        epochs,
        leastSteps,
        mapLearningRate,
        hideKnown: share,
        knownSimilarity: similarity,
        emaDecay,
        ...rest
      } = key;
      const judge = await judgeBy(bitext, { ...cutting, similarity });
      const trained = await trainTable(table.values, table.dimensions, groups, {
        ...rest,
        steps,
        validation: 0,
        hideKnown: { share, similarity },
        linearMap: mapLearningRate > 0 ? { learningRate: mapLearningRate } : undefined,
        threads,
        signal,
        onStep: tellSteps(onEvent, steps),
      });
      signal?.throwIfAborted();
      const learned = await judge?.(table.values);
      if (before) await averageWith(table, before.folder, emaDecay);
      const pairs = { groups, keptOut: 0, skipped: 0 };
      await writeTrained(output, { table, pairs, trained, from, type, choices: key });
      return { steps: trained.steps, learned };
    },
  };
}

/** Training changes only the table, so nothing may come between it and the vectors. */
function checkStart(
  name: string,
  { modules: { input, steps } }: EncoderFolder,
  how: CrissStartOptions,
): void {
  const given = (["variant", "device", "prompt", "promptName"] as const).find(
    (option) => how[option] !== undefined,
  );
  if (given)
    throw new OptionError(
      say`${option(given)} goes with an encoder that stays as it is, but ${name} is a table to train.`,
      { advice: "Leave it out." },
    );
  if (input.kind !== "static")
    throw new ModelError(`${name}: is not a static encoder, so it has no table that the loop could train.`, {
      advice: "Make a static encoder of it with crisscross distil, or choose another trainer.",
    });
  const other = steps.find((step) => step !== NORMALISE);
  if (other)
    throw new ModelError(
      `${name}: has a layer (${other.name}) after its table, which the loop cannot train.`,
      { advice: "Start from an encoder without one." },
    );
}
