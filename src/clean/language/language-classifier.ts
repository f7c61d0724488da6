import { type Classifier, openClassifier } from "./fasttext/classify.js";
import type { FastTextModel } from "./fasttext/read-model.js";
import { codesOfLabels } from "./label-codes.js";

/** A classifier whose labels are languages. */
export interface LanguageClassifier extends Classifier {
  /** The code of each label. */
  codes: readonly string[];
}

export function openLanguageClassifier(model: FastTextModel): LanguageClassifier {
  const classifier = openClassifier(model);
  const codes = codesOfLabels(model.labels);
  return { ...classifier, codes };
}
