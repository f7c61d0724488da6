import type { EncoderFolder } from "../../../embed/folder/encoder-folder.js";
import type { JobEvent, JobListeners } from "../../../events.js";
import type { Key } from "../../../store/run/manifest.js";
import type { CrissStartOptions, KnownEncoder, Layer } from "../known-encoder.js";
import type { Bitext } from "../rounds/bitext.js";
import type { Learned } from "../rounds/learned.js";

/** What is told of an encoder that was trained. */
export interface TrainedEncoder {
  /** How many steps it was trained, where the trainer knows. */
  steps?: number;
  /** For shares of pairs that were tried: how many held-out pairs the encoder of each found. */
  tried?: { leftOut: number; found: number }[];
  /** By pair of languages, where the trainer can tell: whether the encoder learned more than it started with. */
  learned?: Readonly<Record<string, Learned>>;
  /** What else a program tells of its encoder, by name. */
  figures?: Readonly<Record<string, number | string>>;
}

/** Trains an encoder on a bitext, starting from another encoder. The same input gives the same bytes. */
export interface Trainer {
  /** Everything that its encoders depend on, beside bitext and start. */
  key: Key;
  /**
   * Checks, before anything is read, whether an encoder can be a start.
   *
   * @param name its name in messages
   * @throws ModelError if it cannot be; OptionError if it cannot be opened as asked
   */
  checkStart(
    name: string,
    folder: EncoderFolder,
    options: CrissStartOptions & JobListeners,
  ): void | Promise<void>;
  /** Opens the layer, where the trainer's encoders are the start and one layer. Then the start's vectors are kept. */
  openLayer?(folder: string, inputs: number): Promise<Layer>;
  /** Its encoders are large and soon made again: of all rounds only the best one's stays, and the last. */
  keepsBest?: boolean;
  /** Its encoders depend on that of the round before, too: always, or where both rounds chose alike. */
  followsBefore?: "always" | "settled";
  /** @throws the signal's reason when it aborts */
  train(bitext: Bitext, start: KnownEncoder, context: TrainerContext): Promise<TrainedEncoder>;
}

export interface TrainerWatch {
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

export interface TrainerContext extends TrainerWatch {
  round: number;
  /** What this loop trained in the round before; set only where this one follows it. */
  before?: KnownEncoder;
  /** The new encoder's folder, which appears when it is complete; what lies there is replaced. */
  output: string;
  /** A folder, not there yet, for what is to stay beside the encoder. */
  notes: string;
  /** A file for what the same training goes on with when it was interrupted. */
  unfinished?: string;
}
