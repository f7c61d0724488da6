/** What other tools call a rule, or a step, that has another name here. */
export const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["no_wrong_language", "FastTextFilter"],
  ["no_empty", "LengthFilter"],
  ["not_too_long", "LengthFilter"],
  ["not_too_short", "LengthFilter"],
  ["length_ratio", "LengthRatioFilter"],
  ["remove_duplicates", "DuplicateFilter"],
]);

const NO_LANGUAGE_MODEL =
  "There are no language models; write their scores into the bitext and use ScoreFilter. ";

/** Rules of other tools that there is none for here, and what does that work. */
export const INSTEAD: ReadonlyMap<string, string> = new Map([
  [
    "WordAlignFilter",
    "For how well words match, run crisscross score --score adequacy and use ScoreFilter. ",
  ],
  ["CrossEntropyFilter", NO_LANGUAGE_MODEL],
  ["CrossEntropyDifferenceFilter", NO_LANGUAGE_MODEL],
  ["LMClassifierFilter", NO_LANGUAGE_MODEL],
  ["lm_filter", NO_LANGUAGE_MODEL],
  [
    "HeliportRawScoreFilter",
    "HeLI-OTS's own scores there are none of; use FastTextFilter, or HeliportProbabilityFilter. ",
  ],
]);

const FETCH = "Get the texts first, and name their files.";
const CUT = "Cut the files before or after, such as with head, tail or sed.";
const NO_CLASSIFIER =
  "There are no classifiers of scores; use thresholds, which crisscross filter --suggest proposes.";
const NO_SUBWORDS = "Rules count words and characters, and need no subwords.";

/** Steps of OpusFilter that a configuration of filters cannot do, and what does their work. */
export const INSTEAD_OF_STEPS: ReadonlyMap<string, string> = new Map([
  ["opus_read", FETCH],
  ["download", FETCH],
  ["write", FETCH],
  ["unzip", "Split the file first, or read it as TSV."],
  ["concatenate", "Join the files first, such as with cat."],
  ["product", "Make the pairs first."],
  ["preprocess", "Preprocess the texts first."],
  ["subset", "Draw the subset before or after, such as with shuf."],
  ["head", CUT],
  ["tail", CUT],
  ["slice", CUT],
  ["split", "Use crisscross split."],
  ["score", "Use crisscross filter --explain, which writes every rule's value for every pair."],
  ["sort", "Sort the output by its scores, such as with sort."],
  ["join", NO_CLASSIFIER],
  ["train_classifier", NO_CLASSIFIER],
  ["classify", NO_CLASSIFIER],
  ["train_bpe", NO_SUBWORDS],
  ["train_morfessor", NO_SUBWORDS],
  ["train_ngram", NO_LANGUAGE_MODEL.trim()],
  ["train_alignment", "For how well words match, run crisscross score --score adequacy and use ScoreFilter."],
  ["train_nearest_neighbors", "For margins, run crisscross score and use ScoreFilter."],
]);
