import type { Pair } from "../types/bitexts.js";

/** What a rule may use of the job that runs it. */
export interface RuleContext {
  /** Of source and target, as `parseLanguage` gives them. */
  languages?: readonly [source: string, target: string];
  /** What messages call the bitext. */
  input: string;
  /** The language of a text, how sure that is (0 to 1), and whether it is one that was asked for. */
  openLanguages(): Promise<LanguageModel>;
  /** The lines of a text file; a path that is not absolute starts at the configuration's folder. */
  readTexts(path: string): AsyncIterable<readonly string[]>;
  /** Cosines of source and target; the encoder is closed when the job ends. */
  openCosines(encoder: string | undefined): Promise<(pairs: readonly Pair[]) => Promise<Float32Array>>;
  /** The 64-bit hash of a text. */
  hash(text: string): bigint;
}

export interface LanguageModel {
  identify(text: string): { language: string; score: number };
  /** @throws OptionError for a code that stands for no language that can be told */
  parse(code: string): string;
  covers(wanted: string, found: string): boolean;
}
