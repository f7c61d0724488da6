import type { OptionNames } from "../../check-options.js";
import { checkShard } from "../../check-values.js";
import type { EncoderOptions } from "../../embed/open-encoder.js";
import { ENCODER_OPTIONS } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import type { ReadOptions, TextSource } from "../../read/input.js";
import { FOREIGN_OPTIONS, type ForeignOptions } from "../../steps/texts/foreign-options.js";
import type { VectorType } from "../../store/arrays/number-types.js";
import { isPipe } from "../../store/files/is-pipe.js";
import type { Encoder } from "../../types/encoder.js";
import type { Shard } from "../../types/shard.js";
import { option, say } from "../../wording.js";

/** How a text is read, embedded and stored. */
export interface EmbedFileOptions extends EncoderOptions, Omit<ForeignOptions, "dimensions" | "space"> {
  /**
   * What the vectors' space is called: only vectors of one space are compared. Encoders that share one, such as LASER2
   * and LASER3, need a name for it. @default the encoder's own
   */
  space?: string;
  /** Vectors that another program made of the text, a row a line, in place of an encoder: a `.npy` and whatever else `mine` takes. */
  from?: string;
  /** `builtin`, a folder in Hugging Face or Model2Vec layout, a name of the hub, or an encoder that needs no fitting. @default "builtin" */
  encoder?: string | Encoder;
  /** How the text is read. */
  read?: ReadOptions;
  /**
   * Which of several equal parts of the text is embedded, in whole windows of 2,048 lines: its rows are those that all of
   * the text would have there. The text is a file, which is read through once more. @default all of it
   */
  part?: Shard;
  /** How numbers are stored: `float16` halves the file, `int8` quarters it. @default "float32" */
  type?: VectorType;
}

/** The names of `EmbedFileOptions`. */
export const EMBED_FILE_OPTIONS: OptionNames<EmbedFileOptions> = {
  ...ENCODER_OPTIONS,
  ...FOREIGN_OPTIONS,
  from: true,
  encoder: true,
  read: true,
  part: true,
  type: true,
};

/** @throws OptionError if a part cannot be cut */
export async function checkPart(source: TextSource, { part, from }: EmbedFileOptions): Promise<void> {
  if (part === undefined) return;
  checkShard("part", part);
  if (from !== undefined)
    throw new OptionError(
      say`${option("part")} cuts what is embedded, but ${option("from")} has vectors already.`,
      {
        advice: "Leave one of them out.",
      },
    );
  if (typeof source !== "string" || (await isPipe(source)))
    throw new OptionError(say`${option("part")} needs a file: a stream cannot be read twice.`, {
      advice: "Write the text into a file first.",
    });
}
