import { embed, textWindows } from "../../embed/embed.js";
import { type EncoderOptions, openEncoder } from "../../embed/open-encoder.js";
import { InputError, OptionError } from "../../errors.js";
import type { ReadOptions } from "../../read/input.js";
import { MemoryRows } from "../../store/memory-rows.js";
import type { Encoder } from "../../types.js";
import type { JobEvent } from "../events.js";
import { describeNotFinite } from "../reject-vector.js";
import { readLines } from "./lines.js";
import type { Report } from "./report.js";

export interface ParityOptions extends EncoderOptions {
  /** Which model file of the second encoder. @default as of the first */
  otherVariant?: string;
  read?: ReadOptions;
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

/**
 * How alike two encoders' vectors of the same lines are: what a smaller variant of a model costs. Blank lines do not
 * count.
 *
 * @throws OptionError if the encoders' vectors have different dimensions; InputError if there is no line
 */
export async function evaluateParity(
  first: string,
  second: string,
  text: string,
  { otherVariant, read, signal, onEvent = () => {}, ...options }: ParityOptions = {},
): Promise<Report> {
  const lines = await readLines(text, read);
  const numbers = [...lines.keys()].filter((i) => lines[i] !== "");
  const texts = numbers.map((i) => lines[i]);
  if (texts.length === 0) throw new InputError({ path: text }, "has no sentences to compare vectors of.");
  const sides = [
    { name: first, variant: options.variant },
    { name: second, variant: otherVariant ?? options.variant },
  ];
  const made: { space: string; dimensions: number; data: Float32Array; seconds: number }[] = [];
  for (const { name, variant } of sides) {
    const encoder = await openUnfitted(name, { ...options, variant });
    try {
      const rows = new MemoryRows(texts.length, encoder.dimensions);
      const start = performance.now();
      await embed(textWindows({ length: texts.length, get: (i) => texts[i] }), encoder, rows, {
        signal,
        reject: (i) => new InputError({ path: text, line: numbers[i] + 1 }, describeNotFinite(encoder.space)),
        onProgress: (done) =>
          onEvent({ kind: "progress", stage: encoder.space, done, total: texts.length, unit: "sentences" }),
      });
      const seconds = (performance.now() - start) / 1000;
      made.push({ space: encoder.space, dimensions: encoder.dimensions, data: rows.data, seconds });
    } finally {
      await encoder.close?.();
    }
  }
  const [a, b] = made;
  if (a.dimensions !== b.dimensions)
    throw new OptionError(
      `${a.space} gives vectors of ${a.dimensions} numbers, ${b.space} of ${b.dimensions}; only vectors of one size can be compared.`,
    );
  const cosines = texts.map((_, row) => cosineOfRows(a.data, b.data, row, a.dimensions));
  const ascending = [...cosines].sort((x, y) => x - y);
  const speed = ({ seconds }: { seconds: number }) => Math.round(texts.length / seconds);
  return {
    columns: ["cosine mean", "cosine 1 % quantile", "cosine minimum"],
    rows: [
      {
        name: "first and second",
        figures: {
          "cosine mean": { value: cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length },
          "cosine 1 % quantile": { value: ascending[Math.floor(0.01 * (ascending.length - 1))] },
          "cosine minimum": { value: ascending[0] },
        },
      },
    ],
    conditions: {
      metric: "parity",
      encoder: a.space,
      other: b.space,
      sentences: texts.length,
      "sentences/s": `${speed(a)} and ${speed(b)}`,
      "least alike": `line ${numbers[cosines.indexOf(ascending[0])] + 1}`,
    },
  };
}

async function openUnfitted(name: string, options: EncoderOptions): Promise<Encoder> {
  const encoder = await openEncoder(name, options);
  if (!encoder.fit) return encoder;
  throw new OptionError(
    `${name} is fitted on what it embeds, so that its vectors cannot be compared; give folders.`,
  );
}

/** NaN where a vector is zero. */
function cosineOfRows(a: Float32Array, b: Float32Array, row: number, dimensions: number): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let i = row * dimensions; i < (row + 1) * dimensions; i++) {
    product += a[i] * b[i];
    squaresA += a[i] * a[i];
    squaresB += b[i] * b[i];
  }
  return product / Math.sqrt(squaresA * squaresB);
}
