/** What language a text is in, and how sure the model is. */
export interface IdentifiedLanguage {
  /** ISO 639-1, or 639-3 where there is no such code; Chinese as zh-Hans or zh-Hant, or zh where its characters are of both; und where the model knows nothing of the text. */
  language: string;
  /** The model's probability, 0 to 1; 0 of und. */
  score: number;
}

/** Tells languages apart; made once a thread. */
export interface LanguageIdentifier {
  identify(text: string): IdentifiedLanguage;
  close(): void;
}

/** Loads fastText's lid.176, 176 languages, which comes with its package. */
export async function openLanguages(): Promise<LanguageIdentifier> {
  throw new Error("not written yet");
}
