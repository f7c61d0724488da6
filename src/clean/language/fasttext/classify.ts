import { countRow } from "./count-row.js";
import { openOutput } from "./open-output.js";
import type { Classified } from "./output.js";
import type { FastTextModel } from "./read-model.js";
import { TextSums } from "./text-sums.js";

/** What a model takes texts for, each given as one line. */
export interface Classifier {
  /**
   * The likeliest label; nothing where it knows no word and no n-gram of the text.
   *
   * @param fold makes small letters of a text in capitals; it is not asked about a text that is mostly small
   */
  best(text: string, fold?: (text: string) => string): Classified | undefined;
  /** The probability of every label, until the next text; nothing where it knows nothing of the text. */
  all(text: string): Float32Array | undefined;
  /** What it takes a text for that it knows nothing of: what the end of a line alone gives, if that is known. */
  readonly ofNothing: Classified | undefined;
}

/** The hidden layer is the mean of the rows of all words and n-grams (Joulin et al. 2016, Bag of Tricks). */
export function openClassifier(model: FastTextModel): Classifier {
  const { dimensions, lineEnd } = model;
  const texts = new TextSums(model);
  const output = openOutput(model);
  const read = (text: string, fold?: (text: string) => string) => {
    const sum = texts.of(text, fold);
    return sum[dimensions] === 0 ? undefined : finish(sum);
  };
  const ofLineEnd = new Float32Array(dimensions + 1);
  if (lineEnd !== undefined) countRow(model, lineEnd, ofLineEnd, 0);
  const finish = (sum: Float32Array) => {
    const rows = sum[dimensions] + ofLineEnd[dimensions];
    for (let i = 0; i < dimensions; i++) sum[i] = Math.fround(sum[i] + ofLineEnd[i]) / rows;
    return sum;
  };
  return {
    best: (text, fold) => {
      const hidden = read(text, fold);
      return hidden && output.best(hidden);
    },
    all: (text) => {
      const hidden = read(text);
      return hidden && output.all(hidden);
    },
    get ofNothing() {
      return lineEnd === undefined ? undefined : output.best(finish(new Float32Array(dimensions + 1)));
    },
  };
}
