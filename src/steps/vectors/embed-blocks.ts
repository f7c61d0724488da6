import { type BlockVectors, blocksInMemory, blockTexts, countLetters } from "../../align/block-vectors.js";
import type { SharedWords } from "../../align/shared-words.js";
import { embed, textWindows } from "../../embed/embed.js";
import { meanOfRows } from "../../embed/mean.js";
import { InputError } from "../../errors.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { MemoryRows } from "../../store/arrays/memory-rows.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";
import { describeNotFinite } from "./reject-vector.js";

/** How blocks become vectors. */
export interface EmbedBlocksOptions {
  encoder: Encoder;
  side: SideName;
  /** Sentences of the longest block. */
  longest: number;
  /** Words of both documents, which get a share of each cosine. */
  words?: SharedWords;
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

/** Share of the words that both documents have in a cosine. */
const WORDS_SHARE = 0.15;

/** Of fewer sentences the mean says too much of each. */
const LEAST_CENTRED = 16;

/**
 * Embeds a document's blocks of sentences, each document's mean subtracted.
 *
 * Memory: the vectors of all sentences, and of the blocks of at most 4,096 of them at a time.
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
      ? undefined
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
  const singles = finish((await embedTexts(sentences, options)).data, 0, 1);
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
  return { sentences: sentences.length, dimensions, longest, lengths, singles, read };

  /** Raw vectors of texts. */
  async function embedTexts(texts: readonly string[], { signal, side }: EmbedBlocksOptions) {
    const rows = new MemoryRows(texts.length, encoder.dimensions);
    const onNotFinite = (row: number) => {
      throw new InputError({ path: name }, `${texts[row]}: ${describeNotFinite(encoder.space)}`);
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
    const places = Array.from({ length: WINDOW }, (_, i) => Math.floor((i * texts.length) / WINDOW));
    return embedTexts(
      places.flatMap((place) => blockTexts(texts, { start: place, end: place + 1, longest })),
      given,
    );
  }
}

interface WordsOfBlocks {
  sentences: readonly string[];
  /** The first sentence. */
  start: number;
  longest: number;
  words: SharedWords;
  /** Numbers of a vector without words. */
  own: number;
}

/** Vectors with those of the blocks' shared words beside them. */
function withWords(
  rows: Float32Array,
  { sentences, start, longest, words, own }: WordsOfBlocks,
): Float32Array {
  const dimensions = own + words.dimensions;
  const blocks = rows.length / own;
  const joined = new Float32Array(blocks * dimensions);
  const sum = new Float32Array(words.dimensions);
  for (let block = 0; block < blocks; block++) {
    const last = start + Math.floor(block / longest);
    const size = (block % longest) + 1;
    if (size === 1) sum.fill(0);
    if (size > last + 1) continue;
    words.add(sentences[last + 1 - size], sum);
    const [at, from] = [block * dimensions, block * own];
    const share = Math.sqrt(1 - WORDS_SHARE);
    for (let d = 0; d < own; d++) joined[at + d] = share * rows[from + d];
    const length = Math.hypot(...sum);
    const scale = length === 0 ? 0 : Math.sqrt(WORDS_SHARE) / length;
    for (let d = 0; d < words.dimensions; d++) joined[at + own + d] = scale * sum[d];
  }
  return joined;
}
