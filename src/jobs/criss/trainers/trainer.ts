import type { EncoderFolder } from "../../../embed/folder/encoder-folder.js";
import type { JobEvent, JobListeners } from "../../../events.js";
import type { Key } from "../../../store/run/manifest.js";
import type { KnownEncoder, Layer, StartFolderOptions } from "../known-encoder.js";
import type { Bitext } from "../rounds/bitext.js";

/** What is told of an encoder that was trained. */
export interface TrainedEncoder {
  /** How many steps it was trained, where the trainer knows. */
  steps?: number;
  /** Of shares of pairs that were tried: how many of the held-out pairs each one's encoder found. */
  tried?: { leftOut: number; found: number }[];
}

/** Makes an encoder of a bitext and another encoder. Same input, same bytes. */
export interface Trainer {
  /** All that its encoders depend on beside bitext and start. */
  key: Key;
  /**
   * Checks an encoder's folder to start from before anything is read.
   *
   * @param name what it is called
   * @throws ModelError if it is none to start from; OptionError if it shall be opened as it cannot be
   */
  checkStart(
    name: string,
    folder: EncoderFolder,
    options: StartFolderOptions & JobListeners,
  ): void | Promise<void>;
  /** Where its encoders are the start and a layer more: opens that of one of them. The start's vectors are then kept. */
  openLayer?(folder: string, inputs: number): Promise<Layer>;
  /** @throws the signal's reason when it aborts */
  train(bitext: Bitext, start: KnownEncoder, context: TrainerContext): Promise<TrainedEncoder>;
}

export interface TrainerWatch {
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

export interface TrainerContext extends TrainerWatch {
  round: number;
  /** The new encoder's folder, which appears when it is complete; what lies there is replaced. */
  output: string;
  /** A folder, not there yet, for what shall stay beside the encoder. */
  notes: string;
}
