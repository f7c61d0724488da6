import { ModelError } from "../../../errors.js";
import { type Matrix, readMatrix } from "./matrix.js";
import { ModelReader } from "./model-reader.js";
import { type Dictionary, readDictionary } from "./read-dictionary.js";

/**
 * A classifier of fastText (Joulin et al. 2016): what its hidden layer and its output are made of. It is plain data whose
 * large parts are shared, so that threads can hand it on without a copy.
 */
export interface FastTextModel extends Dictionary {
  /** What its user calls it. */
  path: string;
  dimensions: number;
  /** Fewest and most characters of an n-gram. */
  minn: number;
  maxn: number;
  /** Most words of a word n-gram. */
  wordNgrams: number;
  /** N-grams are hashed to this many numbers. */
  buckets: number;
  /** How probabilities are made of the output layer. */
  loss: Loss;
  /** A vector a word, and then a vector an n-gram. */
  input: Matrix;
  /** A vector a class, or an inner node of the tree over them. */
  output: Matrix;
}

export type Loss = "hierarchical softmax" | "softmax" | "one-vs-all";

const MAGIC = 793712314;
const VERSIONS = [11, 12];
/** Version 11 says that a classifier has n-grams of characters, and does not use them. */
const WITHOUT_NGRAMS = 11;
const KINDS: Readonly<Record<number, string>> = { 1: "word vectors (cbow)", 2: "word vectors (skipgram)" };
const SUPERVISED = 3;
/** By their numbers; negative sampling is predicted with as one-vs-all is. */
const LOSSES: Readonly<Record<number, Loss>> = {
  1: "hierarchical softmax",
  2: "one-vs-all",
  3: "softmax",
  4: "one-vs-all",
};

/**
 * Reads a classifier as fastText writes it: `.bin`, or packed by its `quantize` (`.ftz`). Memory: the size of the file.
 *
 * @throws ModelError if it is none, is cut short, or holds something else
 */
export function readModel(path: string): FastTextModel {
  using reader = new ModelReader(path);
  if (reader.left < 8 || reader.int32() !== MAGIC)
    throw new ModelError(`${path}: is not a model of fastText.`, {
      advice: "Expected a classifier that fastText has written, .bin or .ftz.",
    });
  const version = reader.int32();
  if (!VERSIONS.includes(version))
    throw new ModelError(
      `${path}: is a fastText model of version ${version}; expected version ${VERSIONS.join(" or ")}.`,
    );
  const header = readHeader(reader, version);
  const { loss, kind } = header;
  if (kind !== SUPERVISED)
    throw new ModelError(
      `${path}: is a fastText model of ${KINDS[kind] ?? `unknown kind ${kind}`}; expected a classifier, trained by "fasttext supervised".`,
    );
  if (!LOSSES[loss]) throw new ModelError(`${path}: has a loss of unknown number ${loss}; expected 1 to 4.`);
  const dictionary = readDictionary(reader, header.buckets);
  const isQuantised = reader.uint8() === 1;
  const input = readMatrix(reader, isQuantised);
  const isOutputQuantised = reader.uint8() === 1;
  const output = readMatrix(reader, isQuantised && isOutputQuantised);
  reader.finish();
  const model = { path, ...header, loss: LOSSES[loss], ...dictionary, input, output };
  checkSizes(reader, model);
  return model;
}

function readHeader(reader: ModelReader, version: number) {
  const [dimensions, , , , , wordNgrams, loss, kind, buckets, minn, maxn] = Array.from({ length: 12 }, () =>
    reader.int32(),
  );
  // What the rate of learning was.
  reader.skip(8);
  return { dimensions, wordNgrams, loss, kind, buckets, minn, maxn: version === WITHOUT_NGRAMS ? 0 : maxn };
}

/** @throws ModelError if the parts of a model do not fit each other */
function checkSizes(reader: ModelReader, model: FastTextModel): void {
  const { dimensions, input, output, labels, words, kept, buckets, maxn, wordNgrams } = model;
  if (dimensions < 1 || input.dimensions !== dimensions || output.dimensions !== dimensions)
    reader.refuse(
      `it has rows of ${input.dimensions} and ${output.dimensions} numbers; expected ${dimensions}`,
    );
  const rows = words.count + (kept ? kept.count : buckets);
  if (input.rows !== rows) reader.refuse(`it has ${input.rows} rows; expected ${rows}`);
  if (labels.length === 0 || output.rows !== labels.length)
    reader.refuse(`it has ${output.rows} rows of output for ${labels.length} labels`);
  if (buckets < 1 && (maxn > 0 || wordNgrams > 1)) reader.refuse(`it has ${buckets} numbers for its n-grams`);
}
