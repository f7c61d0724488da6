import { countRow } from "./count-row.js";
import { openOutput } from "./open-output.js";
import type { Classified } from "./output.js";
import type { FastTextModel } from "./read-model.js";
import { TextSums } from "./text-sums.js";

/** What a model takes texts for, each given as one line. */
export interface Classifier {
  /** The likeliest label; nothing where it knows no word and no n-gram of the text. */
  best(text: string): Classified | undefined;
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
  const read = (text: string) => {
    const sum = texts.of(text);
    return sum[dimensions] === 0 ? undefined : finish(sum);
  };
  const finish = (sum: Float32Array) => {
    if (lineEnd !== undefined) countRow(model, lineEnd, sum, 0);
    for (let i = 0; i < dimensions; i++) sum[i] /= sum[dimensions];
    return sum;
  };
  return {
    best: (text) => {
      const hidden = read(text);
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
