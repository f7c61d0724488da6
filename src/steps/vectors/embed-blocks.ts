import {
  type BlockVectors,
  blocksInMemory,
  blockTexts,
  countLetters,
  sampledPlaces,
} from "../../align/block-vectors.js";
import type { SharedWords } from "../../align/shared-words.js";
import { embed, textWindows } from "../../embed/embed.js";
import { meanOfRows } from "../../embed/mean.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { MemoryRows } from "../../store/arrays/memory-rows.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";
import { rejectText } from "./reject-vector.js";
import { withWords } from "./with-words.js";

/** How blocks become vectors. */
export interface EmbedBlocksOptions {
  encoder: Encoder;
  side: SideName;
  /** Sentences of the longest block. */
  longest: number;
  /** Words of both documents, which get a share of each cosine. */
  words?: SharedWords;
  /** What is subtracted from the vectors of a document of few sentences. @default nothing */
  mean?: readonly number[];
  /** What messages call the document. */
  name: string;
  signal?: AbortSignal;
  /** Called with the number of blocks that are too long for the encoder. */
  onTruncated?: (count: number) => void;
  /** Called with the number of blocks embedded since the last call. */
  onEmbedded?: (count: number) => void;
}

/** All blocks of so many sentences are held; of more, those of a few windows. */
const HELD = 4096;

/** Sentences whose blocks are embedded together, and windows that are kept: a path asks for neighbouring ones. */
const WINDOW = 1024;
const KEPT_WINDOWS = 3;

/** Of fewer vectors the mean says too much of each. */
export const LEAST_CENTRED = 16;

/**
 * Embeds a document's blocks of sentences, the document's mean subtracted; of few sentences the mean that is given, if any.
 *
 * Memory: the vectors of the blocks of at most 4,096 sentences at a time.
 */
export async function embedBlocks(
  sentences: readonly string[],
  options: EmbedBlocksOptions,
): Promise<BlockVectors> {
  const { encoder, longest, words, name } = options;
  const lengths = Float64Array.from(sentences, countLetters);
  const dimensions = encoder.dimensions + (words?.dimensions ?? 0);
  const sampled = await sampleBlocks(sentences, options);
  const mean =
    sentences.length < LEAST_CENTRED
      ? options.mean
      : await meanOfRows(sampled, encoder.dimensions, encoder.blocks);
  const finish = (rows: Float32Array, start: number, size: number) => {
    prepareRows(
      { rows: rows.length / encoder.dimensions, dimensions: encoder.dimensions, data: rows },
      { mean, blocks: encoder.blocks },
    );
    return words
      ? withWords(rows, { sentences, start, longest: size, words, own: encoder.dimensions })
      : rows;
  };
  if (sentences.length <= HELD)
    return blocksInMemory(finish(sampled.data, 0, longest), { dimensions, longest, lengths });
  const places = meanPlaces(sentences.length);
  /** Of each place the blocks that end with its sentence: of one sentence up to `size`. */
  const blocksAt = (chosen: readonly number[], size: number) => {
    const joined = new Float32Array(chosen.length * size * dimensions);
    for (const [i, place] of chosen.entries()) {
      const at = places.indexOf(place) * longest * encoder.dimensions;
      const rows = sampled.data.slice(at, at + size * encoder.dimensions);
      joined.set(finish(rows, place, size), i * size * dimensions);
    }
    return joined;
  };
  const sample = blocksAt(sampledPlaces(sentences.length), longest);
  const drawn = blocksAt(places, 1);
  async function* singles() {
    for (let start = 0; start < sentences.length; start += HELD) {
      const rows = await embedTexts(sentences.slice(start, start + HELD), options);
      yield finish(rows.data, start, 1);
    }
  }
  const windows = new Map<number, Float32Array>();
  const step = longest * dimensions;
  const windowAt = async (start: number): Promise<Float32Array> => {
    const held = windows.get(start);
    if (held) return held;
    const end = Math.min(start + WINDOW, sentences.length);
    const rows = await embedTexts(blockTexts(sentences, { start, end, longest }), options);
    const window = finish(rows.data, start, longest);
    if (windows.size === KEPT_WINDOWS) windows.delete(windows.keys().next().value!);
    windows.set(start, window);
    return window;
  };
  const read = async (start: number, end: number) => {
    const data = new Float32Array((end - start) * step);
    for (let at = start; at < end; ) {
      const first = at - (at % WINDOW);
      const until = Math.min(end, first + WINDOW);
      const window = await windowAt(first);
      data.set(window.subarray((at - first) * step, (until - first) * step), (at - start) * step);
      at = until;
    }
    return data;
  };
  return { sentences: sentences.length, dimensions, longest, lengths, singles, drawn, sample, read };

  /** Raw vectors of texts. */
  async function embedTexts(texts: readonly string[], { signal, side }: EmbedBlocksOptions) {
    const rows = new MemoryRows(texts.length, encoder.dimensions);
    const onNotFinite = (row: number) => {
      throw rejectText(name, texts[row], encoder.space);
    };
    let done = 0;
    const onProgress = (embedded: number) => {
      options.onEmbedded?.(embedded - done);
      done = embedded;
    };
    const listen = { signal, side, onTruncated: options.onTruncated, onProgress, onNotFinite };
    const windows = textWindows({ length: texts.length, get: (i) => texts[i].trim() });
    await embed(windows, encoder, rows, listen);
    return rows;
  }

  /** All blocks, or of a long document those of as many sentences as stand for it, evenly spread. */
  async function sampleBlocks(texts: readonly string[], given: EmbedBlocksOptions) {
    if (texts.length <= HELD)
      return embedTexts(blockTexts(texts, { start: 0, end: texts.length, longest }), given);
    return embedTexts(
      meanPlaces(texts.length).flatMap((place) =>
        blockTexts(texts, { start: place, end: place + 1, longest }),
      ),
      given,
    );
  }
}

/** Sentences of a long document whose blocks give its mean, spread evenly; those of `sampledPlaces` are among them. */
function meanPlaces(sentences: number): number[] {
  return Array.from({ length: WINDOW }, (_, i) => Math.floor((i * sentences) / WINDOW));
}
