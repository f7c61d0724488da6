import type { SideName } from "./texts.js";
import type { VectorBlock } from "./vectors.js";

/** The languages of an encoder that has to be told of each text which it is of, as a translator has to be. */
export interface EncoderLanguages {
  /** Its own codes of them, such as `en_XX`. */
  readonly codes: readonly string[];
  /** The codes of the languages that each side's texts are of, as far as it was told. */
  readonly sides: Readonly<Partial<Record<SideName, string>>>;
  /**
   * The code of texts' language.
   *
   * @param language its code, or another name of it; else the side's
   * @throws OptionError if it does not have that language, or is told none
   */
  codeOf(side: SideName, language?: string): string;
}

/** Which side texts are of, and who hears of encoding them. */
export interface EncodeOptions {
  /** Ends the work with the signal's reason. */
  signal?: AbortSignal;
  /** Which side the texts are of, for an encoder that puts another prompt before each. @default "source" */
  side?: SideName;
  /** The texts' language, for an encoder that has to be told. @default that of their side */
  language?: string;
  /** Called with the number of texts that were cut because they are too long for the encoder. */
  onTruncated?: (count: number) => void;
  /** Called with the number of texts that were encoded since the last call. */
  onEncoded?: (count: number) => void;
}

/**
 * Turns texts into vectors.
 *
 * Vectors of two encoders can be compared only where `space` is the same: it names the model, its variant, its
 * dimensions and any fitted statistics.
 */
export interface Encoder {
  /** What its vectors are of: those of the same space can be compared. */
  readonly space: string;
  /** Numbers of a vector. */
  readonly dimensions: number;
  /** What each side's texts are encoded for, where they are for something. */
  readonly tasks?: Readonly<Partial<Record<SideName, string>>>;
  /** What is put before each side's texts, where something is. */
  readonly prompts?: Readonly<Record<SideName, string>>;
  /** Which languages it has, where it has to be told a text's. */
  readonly languages?: EncoderLanguages;
  /** Texts of more tokens are cut. */
  readonly maxTokens?: number;
  /** Whether its vectors are better compared with each side's mean subtracted. */
  readonly centre?: boolean;
  /** The parts of its vectors, where they come from several encoders. */
  readonly blocks?: readonly VectorBlock[];
  /** What was opened, in a line for people. */
  readonly description?: string;
  /**
   * The vectors of `texts`: `texts.length` × `dimensions`; a text without any feature is all zeros. They are of unit
   * length only where the encoder normalises; a search normalises all. Called again before it has ended, so each call
   * gives an array of its own.
   */
  encode(texts: readonly string[], options?: EncodeOptions): Promise<Float32Array>;
  /** Learns what the encoder needs to know of a corpus and gives an encoder with that frozen in. */
  fit?(batches: AsyncIterable<readonly string[]> | Iterable<readonly string[]>): Promise<Encoder>;
  /** Frees what the runtime holds. */
  close?(): Promise<void>;
}
