import type { AlignBlocksOptions, Aligner, Alignment } from "../../align/aligner.js";
import { SharedWords } from "../../align/shared-words.js";
import { type EmbedBlocksOptions, embedBlocks } from "../../steps/vectors/embed-blocks.js";
import { withoutWords } from "../../steps/vectors/with-words.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";

/** The sentences of a document, and what messages call it. */
export interface NamedTexts {
  name: string;
  texts: readonly string[];
  /** What is subtracted from the vectors of few sentences. @default nothing */
  mean?: readonly number[];
}

/** How two documents become blocks, and these an alignment. */
export interface AlignTextsOptions
  extends Pick<EmbedBlocksOptions, "onTruncated" | "onEmbedded">,
    Pick<AlignBlocksOptions, "costs" | "openRows" | "signal"> {
  /** Fitted, if it is one that must be. */
  encoder: Encoder;
  aligner: Aligner;
  maxSentences: number;
  /** Vectors of sentences that random ones are like. @default those of both documents */
  random?: Readonly<Record<SideName, Float32Array>>;
}

/** Aligns two documents: embeds their blocks, and finds the cheapest path through both. */
export async function alignTexts(
  { source, target }: Readonly<Record<SideName, NamedTexts>>,
  { encoder, aligner, maxSentences, costs, random, openRows, signal, ...listeners }: AlignTextsOptions,
): Promise<Alignment[]> {
  const words = new SharedWords(source.texts, target.texts);
  const embedSide = (side: SideName, { texts, ...document }: NamedTexts) =>
    embedBlocks(texts, {
      encoder,
      side,
      longest: maxSentences - 1,
      words,
      signal,
      ...document,
      ...listeners,
    });
  const [left, right] = [await embedSide("source", source), await embedSide("target", target)];
  const drawn = (rows: Float32Array) => withoutWords(rows, encoder.dimensions, words);
  return await aligner.align(left, right, {
    maxSentences,
    costs,
    openRows,
    random: random && { source: drawn(random.source), target: drawn(random.target) },
    signal,
  });
}
