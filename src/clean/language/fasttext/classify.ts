import { LabelTree } from "./label-tree.js";
import { CLASS_PREFIX, type FastTextModel } from "./read-model.js";
import { TextSums } from "./text-sums.js";
import { WordVectors } from "./word-vectors.js";

/** What ends a line for fastText, which counts as a word of it. */
const LINE_END = "</s>";

/** What parts words. */
const SPACES = /[ \n\r\t\v\f\0]+/;
const OTHER_SPACE = /[\n\r\t\v\f\0]/;

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
  const { dimensions, labels, rows, words } = model;
  const vectors = new WordVectors(model);
  const texts = new TextSums(vectors);
  const tree = new LabelTree(model);
  const sum = new Float32Array(vectors.width);
  const lineEnd = words.get(LINE_END)!;
  return (text) => {
    sum.fill(0);
    texts.add(wordsOf(text), sum);
    const known = sum[dimensions];
    if (known === 0) return undefined;
    rows.addTo(lineEnd, sum, 0);
    for (let i = 0; i < dimensions; i++) sum[i] /= known + 1;
    const { label, score } = tree.best(sum);
    return { label: labels[label], score };
  };
}

function wordsOf(text: string): string[] {
  const all = OTHER_SPACE.test(text) ? text.split(SPACES) : text.split(" ");
  const end = all.indexOf(LINE_END);
  const words = end < 0 ? all : all.slice(0, end);
  return words.some(isNoWord) ? words.filter((word) => !isNoWord(word)) : words;
}

/** Whether fastText leaves a word out: an empty one, and the name of a class. */
function isNoWord(word: string): boolean {
  return word === "" || word.startsWith(CLASS_PREFIX);
}
