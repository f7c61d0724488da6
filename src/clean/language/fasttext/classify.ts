import { addRow } from "./add-rows.js";
import { LabelTree } from "./label-tree.js";
import type { FastTextModel } from "./read-model.js";
import { TextSums } from "./text-sums.js";

export interface Classified {
  label: string;
  /** 0 to 1, or a hundred-thousandth above. */
  score: number;
}

/**
 * What a model takes a text for, given as one line; nothing where it knows no word and no n-gram of it.
 *
 * The hidden layer is the mean of the rows of all words and n-grams (Joulin et al. 2016, Bag of Tricks).
 */
export function openClassifier(model: FastTextModel): (text: string) => Classified | undefined {
  const { dimensions, labels, lineEnd } = model;
  const texts = new TextSums(model);
  const tree = new LabelTree(model);
  const sum = new Float32Array(dimensions + 1);
  return (text) => {
    sum.fill(0);
    texts.add(text, sum);
    if (sum[dimensions] === 0) return undefined;
    if (lineEnd !== undefined) addRow(model, lineEnd, sum, 0);
    for (let i = 0; i < dimensions; i++) sum[i] /= sum[dimensions];
    const { label, score } = tree.best(sum);
    return { label: labels[label], score };
  };
}
