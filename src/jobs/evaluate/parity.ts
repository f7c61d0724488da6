import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { embed, textWindows } from "../../embed/embed.js";
import type { EncoderOptions } from "../../embed/open-encoder.js";
import { ENCODER_OPTIONS } from "../../embed/open-encoder.js";
import { InputError, OptionError } from "../../errors.js";
import { type JobEvent, tellTruncated } from "../../events.js";
import type { ReadOptions, TextSource } from "../../read/input.js";
import { readSentences } from "../../read/read-sentences.js";
import { cosinesOfRows } from "../../search/cosines-of-rows.js";
import { refuseUnusedReading } from "../../steps/texts/check-reading.js";
import { nameText } from "../../steps/texts/source-kind.js";
import { holdUnfitted } from "../../steps/vectors/hold-encoder.js";
import { describeNotFinite } from "../../steps/vectors/reject-vector.js";
import { MemoryRows } from "../../store/arrays/memory-rows.js";
import type { Encoder } from "../../types/encoder.js";
import type { Sentence } from "../../types/texts.js";
import type { Report } from "./report.js";

/** How both encoders are opened, and the text is read. */
export interface ParityOptions extends EncoderOptions {
  /** Which model file of the second encoder. @default as of the first */
  otherVariant?: string;
  /** How the text is read. */
  read?: ReadOptions;
}

/** The names of `ParityOptions`. */
export const PARITY_OPTIONS: OptionNames<ParityOptions> = {
  ...ENCODER_OPTIONS,
  otherVariant: true,
  read: true,
};

/**
 * How alike two encoders' vectors of the same lines are: what a smaller variant of a model costs. Blank lines do not
 * count, nor lines that are zeros in both; zeros beside a vector have the cosine 0.
 *
 * @throws OptionError if the encoders' vectors have different dimensions; InputError if there is no line to compare
 */
export async function evaluateParity(
  first: string,
  second: string,
  input: TextSource,
  parityOptions: ParityOptions = {},
): Promise<Report> {
  refuseUnknown("evaluateParity", parityOptions, PARITY_OPTIONS);
  const { otherVariant, read, signal, onEvent = () => {}, ...options } = parityOptions;
  const given = nameText(input, "the text", read);
  const { name } = given;
  refuseUnusedReading([given]);
  const text = { name, sentences: await readFilled(input, name, { ...read, signal }) };
  const { sentences } = text;
  const context = { ...options, signal, onEvent };
  await using one = await holdUnfitted(first, context);
  const variant = otherVariant ?? options.variant;
  await using other = await holdUnfitted(second, { ...context, variant });
  const [a, b] = [one.encoder, other.encoder];
  checkDimensions(a, b);
  const [x, y] = [await embedAll(text, a, { signal, onEvent }), await embedAll(text, b, { signal, onEvent })];
  const cosines = cosinesOfRows(x.data, y.data, a.dimensions);
  if (cosines.every(Number.isNaN))
    throw new InputError({ path: name }, "has no sentence that both encoders give a vector.");
  const speeds = [x, y].map(({ seconds }) => Math.round(sentences.length / seconds));
  return {
    ...reportCosines(cosines),
    conditions: {
      metric: "parity",
      encoder: a.space,
      other: b.space,
      sentences: sentences.length,
      "without vectors": cosines.filter(Number.isNaN).length,
      "sentences/s": speeds.join(" and "),
      "least alike": `line ${sentences[leastAlike(cosines)].line}`,
    },
  };
}

/** Sentences that are not blank. */
async function readFilled(input: TextSource, name: string, read: ReadOptions): Promise<Sentence[]> {
  const sentences: Sentence[] = [];
  for await (const batch of readSentences(input, { ...read, name }))
    for (const sentence of batch) {
      const trimmed = sentence.text.trim();
      if (trimmed !== "") sentences.push({ ...sentence, text: trimmed });
    }
  if (sentences.length > 0) return sentences;
  throw new InputError({ path: name }, "has no sentences, so there are no vectors to compare.");
}

function checkDimensions(a: Encoder, b: Encoder): void {
  if (a.dimensions === b.dimensions) return;
  throw new OptionError(
    `${a.space} gives vectors of ${a.dimensions} numbers, but ${b.space} of ${b.dimensions}; expected vectors of the same size.`,
  );
}

/** What both encoders embed. */
interface FilledText {
  name: string;
  sentences: readonly Sentence[];
}

async function embedAll(
  { name, sentences }: FilledText,
  encoder: Encoder,
  { signal, onEvent }: { signal?: AbortSignal; onEvent: (event: JobEvent) => void },
): Promise<{ data: Float32Array; seconds: number }> {
  const { length } = sentences;
  const rows = new MemoryRows(length, encoder.dimensions);
  const start = performance.now();
  let truncated = 0;
  await embed(textWindows({ length, get: (i) => sentences[i].text }), encoder, rows, {
    signal,
    onNotFinite: (i) => {
      throw new InputError({ path: name, line: sentences[i].line }, describeNotFinite(encoder.space));
    },
    onTruncated: (count) => {
      truncated += count;
    },
    onProgress: (done) =>
      onEvent({ kind: "progress", stage: encoder.space, done, total: length, unit: "sentences" }),
  });
  tellTruncated(truncated, `${name}, ${encoder.space}`, onEvent);
  return { data: rows.data, seconds: (performance.now() - start) / 1000 };
}

function reportCosines(cosines: Float64Array): Pick<Report, "columns" | "rows"> {
  const ascending = cosines.filter((cosine) => !Number.isNaN(cosine)).sort();
  const figures = {
    "cosine mean": { value: ascending.reduce((sum, cosine) => sum + cosine, 0) / ascending.length },
    "cosine 1 % quantile": { value: ascending[Math.floor(0.01 * (ascending.length - 1))] },
    "cosine minimum": { value: ascending[0] },
  };
  return { columns: Object.keys(figures), rows: [{ name: "first and second", figures }] };
}

/** The first row of those with the least cosine. */
function leastAlike(cosines: Float64Array): number {
  const counted = [...cosines.keys()].filter((row) => !Number.isNaN(cosines[row]));
  return counted.reduce((least, row) => (cosines[row] < cosines[least] ? row : least));
}
