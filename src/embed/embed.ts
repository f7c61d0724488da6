import { mapOrdered } from "../flow/map-ordered.js";
import { eachPiece, type RowKernel } from "../runtime/rows/row-kernel.js";
import type { EncodeOptions, Encoder } from "../types/encoder.js";
import type { Sentence, SideName, Texts } from "../types/texts.js";

/**
 * Lines that are embedded together. Batches are cut within a window, so a vector depends on its window and on nothing
 * else.
 */
export const WINDOW = 2048;

/** While one window is in the model, the next is being tokenised. */
const WINDOWS_AT_ONCE = 2;

/** Where vectors go, row after row. */
export interface VectorSink {
  /** Rows it holds already. */
  readonly rows: number;
  append(values: Float32Array): Promise<void>;
}

export interface EmbedOptions {
  signal?: AbortSignal;
  side?: SideName;
  /** Called with the number of texts that were cut because they are too long for the encoder. */
  onTruncated?: (count: number) => void;
  /** Called with the number of texts embedded so far. */
  onProgress?: (embedded: number) => void;
  /** Called with each text whose vector holds a NaN or an infinity; its row becomes zeros, unless this throws. */
  onNotFinite: (text: number) => void;
}

/**
 * Embeds windows of texts, one row a text; a blank text has a row of zeros.
 *
 * @param windows what `textWindows` or `lineWindows` give after the rows that the sink holds already
 * @throws what `onNotFinite` throws
 */
export async function embed(
  windows: Iterable<string[]> | AsyncIterable<string[]>,
  encoder: Encoder,
  sink: VectorSink,
  { signal, side, onTruncated, onProgress, onNotFinite }: EmbedOptions,
): Promise<void> {
  const { dimensions } = encoder;
  let encoded = sink.rows;
  const options: EncodeOptions = {
    signal,
    side,
    onTruncated,
    onEncoded: (count) => {
      encoded += count;
      onProgress?.(encoded);
    },
  };
  const encode = (window: string[]) => embedWindow(window, encoder, options);
  for await (const values of mapOrdered(windows, WINDOWS_AT_ONCE, encode)) {
    zeroNotFinite(values, dimensions, (row) => onNotFinite(sink.rows + row));
    await sink.append(values);
    encoded = Math.max(encoded, sink.rows);
    onProgress?.(encoded);
    signal?.throwIfAborted();
  }
}

/** Makes zeros of rows that hold a NaN or an infinity, after `onRow` has been told of each. */
export function zeroNotFinite(values: Float32Array, dimensions: number, onRow: (row: number) => void): void {
  const rows = values.length / dimensions;
  const rowBytes = dimensions * values.BYTES_PER_ELEMENT;
  const zero = (kernel: RowKernel, at: number, { first, end }: { first: number; end: number }) => {
    for (let row = first; row < end; row++) {
      const sound = kernel.firstNotFinite(at + (row - first) * rowBytes, (end - row) * dimensions);
      row += Math.floor(sound / dimensions);
      if (row === end) return;
      onRow(row);
      values.fill(0, row * dimensions, (row + 1) * dimensions);
    }
  };
  eachPiece({ rows, dimensions, data: values }, zero, { changes: false });
}

/** The texts from `start` in the windows that they are embedded in. */
export function* textWindows(texts: Texts, start = 0): Generator<string[]> {
  for (let first = start; first < texts.length; first += WINDOW) {
    const size = Math.min(WINDOW, texts.length - first);
    yield Array.from({ length: size }, (_, i) => texts.get(first + i));
  }
}

/**
 * The lines of an input in the same windows, after the first `start` up to `end`; a line that is not there is blank.
 *
 * @param end a multiple of the windows, unless all lines are wanted
 */
export async function* lineWindows(
  batches: AsyncIterable<readonly Sentence[]>,
  start = 0,
  end = Number.POSITIVE_INFINITY,
): AsyncGenerator<string[]> {
  let window: string[] = [];
  let lines = 0;
  if (start >= end) return;
  for await (const batch of batches) {
    for (const { text, line } of batch) {
      while (lines < line) {
        lines++;
        if (lines > start) window.push(lines === line ? text.trim() : "");
        if (window.length < WINDOW) continue;
        yield window;
        window = [];
        if (lines >= end) return;
      }
    }
  }
  if (window.length > 0) yield window;
}

async function embedWindow(
  window: string[],
  encoder: Encoder,
  options: EncodeOptions,
): Promise<Float32Array> {
  const filled = [...window.keys()].filter((i) => window[i] !== "");
  if (filled.length === window.length) return encoder.encode(window, options);
  const { dimensions } = encoder;
  const vectors = await encoder.encode(
    filled.map((i) => window[i]),
    options,
  );
  const values = new Float32Array(window.length * dimensions);
  for (const [from, to] of filled.entries())
    values.set(vectors.subarray(from * dimensions, (from + 1) * dimensions), to * dimensions);
  return values;
}
