import type { Pair } from "../types/bitexts.js";

/** What a rule may use of the job that runs it. */
export interface RuleContext {
  /** Of source and target, as `parseLanguage` gives them. */
  languages?: readonly [source: string, target: string];
  /** What messages call the bitext. */
  input: string;
  /** Languages that are not told apart, in groups. */
  near: readonly (readonly string[])[];
  /**
   * What tells languages.
   *
   * @param path a model of fastText, from the configuration's folder on; by default that of the command, or lid.176
   */
  openLanguages(path?: string): Promise<LanguageModel>;
  /** The lines of a text file; a path that is not absolute starts at the configuration's folder. */
  readTexts(path: string): AsyncIterable<readonly string[]>;
  /** Cosines of source and target; the encoder is closed when the job ends. */
  openCosines(encoder: string | undefined): Promise<(pairs: readonly Pair[]) => Promise<Float32Array>>;
  /** Tells whoever runs the job what is worth knowing of a rule. */
  tell(message: string): void;
  /** The 64-bit hash of a text. */
  hash(text: string): bigint;
}

export interface LanguageModel {
  /** The language of a text as it is, and how sure that is, 0 to 1. */
  identifyAsIs(text: string): { language: string; score: number };
  /** How sure the model is of a text that it knows nothing of. */
  scoreOfNothing: number;
  /** How likely a text is of each of some languages; nothing if nothing is known of it. */
  openShares(languages: readonly string[]): (text: string) => number[] | undefined;
  /** How much likelier a text is of a language, or of those accepted for it, than of another; undefined if nothing is known of it. */
  openLikeness(wanted: string, accepted: ReadonlySet<string>): (text: string) => number | undefined;
  /** @throws OptionError for a code that stands for no language that can be told */
  parse(code: string): string;
  covers(wanted: string, found: string): boolean;
}
