import { countWords } from "../../report/count-words.js";
import type { MeasuredPairs } from "../../report/measured-pairs.js";
import type { Texts } from "../../types/texts.js";
import type { RunPairs } from "./run-pairs.js";

/** The numbers of a run's pairs; each sentence is read once. Memory: 8 bytes a sentence, 16 a pair. */
export function measureRun({ sides, source, target, scores }: RunPairs): MeasuredPairs {
  const [ofSource, ofTarget] = [measureTexts(sides.source.texts), measureTexts(sides.target.texts)];
  const pick = (values: Uint32Array, sentences: Uint32Array) => sentences.map((sentence) => values[sentence]);
  return {
    scores,
    words: { source: pick(ofSource.words, source), target: pick(ofTarget.words, target) },
    characters: { source: pick(ofSource.characters, source), target: pick(ofTarget.characters, target) },
  };
}

function measureTexts(texts: Texts): { words: Uint32Array; characters: Uint32Array } {
  const words = new Uint32Array(texts.length);
  const characters = new Uint32Array(texts.length);
  for (let sentence = 0; sentence < texts.length; sentence++) {
    const text = texts.get(sentence);
    words[sentence] = countWords(text);
    characters[sentence] = text.length;
  }
  return { words, characters };
}
