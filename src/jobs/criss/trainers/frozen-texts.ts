import { shrinkMean } from "../../../score/few-sentences.js";
import { reorder } from "../../../search/reorder.js";
import type { SideVectors } from "../../../steps/vectors/vectors-stage.js";
import type { KeptVectors } from "../known-encoder.js";
import type { Bitext } from "../rounds/bitext.js";

/** The kept vectors of the texts that a bitext is made of. */
export interface FrozenTexts {
  dimensions: number;
  /** The mean over all sentences. */
  mean: Float64Array;
  /** A text's rows, by its number, less the text's own mean, or a part of it where it is short; a row of zeros stays zeros. */
  gather(text: number, rows: Uint32Array): Float32Array;
  close(): void;
}

export async function openFrozenTexts({ groups }: Bitext, kept: KeptVectors): Promise<FrozenTexts> {
  const opened = new Map<number, SideVectors>();
  const close = () => {
    for (const vectors of opened.values()) vectors[Symbol.dispose]();
  };
  try {
    for (const { numbers } of groups)
      for (const text of [numbers.source, numbers.target])
        if (!opened.has(text)) opened.set(text, await kept.of(text));
  } catch (error) {
    close();
    throw error;
  } finally {
    await kept.close();
  }
  const [{ info }] = opened.values();
  return {
    dimensions: info.dimensions,
    mean: meanOfAll([...opened.values()]),
    gather: (text, rows) => gatherCentred(opened.get(text)!, rows),
    close,
  };
}

function meanOfAll(texts: readonly SideVectors[]): Float64Array {
  const sentences = texts.reduce((sum, { info }) => sum + info.rows, 0);
  const mean = new Float64Array(texts[0].info.dimensions);
  for (const { info } of texts)
    for (let i = 0; i < mean.length; i++) mean[i] += (info.mean[i] * info.rows) / sentences;
  return mean;
}

function gatherCentred({ info, read }: SideVectors, rows: Uint32Array): Float32Array {
  const { dimensions } = info;
  const mean = shrinkMean(info.mean, info.rows);
  const gathered = reorder({ rows: info.rows, dimensions, read }, rows).read(0, rows.length);
  for (let start = 0; start < gathered.length; start += dimensions) {
    const vector = gathered.subarray(start, start + dimensions);
    if (vector.every((value) => value === 0)) continue;
    for (let i = 0; i < dimensions; i++) vector[i] -= mean[i];
  }
  return gathered;
}
