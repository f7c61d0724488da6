import { inLanguages } from "../../../embed/languages.js";
import { meanOfRows } from "../../../embed/mean.js";
import { openEncoder } from "../../../embed/open-encoder.js";
import type { JobEvent } from "../../../events.js";
import { inMemory } from "../../../search/in-memory.js";
import { prepareRows } from "../../../search/prepare-rows.js";
import { reorder } from "../../../search/reorder.js";
import { safeMean } from "../../../steps/vectors/safe-mean.js";
import { MemoryRows } from "../../../store/arrays/memory-rows.js";
import type { SideName } from "../../../types/texts.js";
import type { Vectors } from "../../../types/vectors.js";
import { embedAligned } from "../../evaluate/lines.js";
import type { KeptVectors, KnownEncoder } from "../known-encoder.js";
import type { BitextGroup } from "../rounds/bitext.js";
import type { Trainer } from "./trainer.js";

/** What a trained encoder makes of sentences of a bitext. */
export interface TestedVectors extends AsyncDisposable {
  /** Of sentences of both sides by their numbers, each side's mean subtracted. */
  of(group: BitextGroup, texts: Record<SideName, readonly number[]>): Promise<Record<SideName, Vectors>>;
}

/** What a trainer left in a folder: an encoder, or the start and a layer more. */
export interface MadeEncoder extends Pick<Trainer, "openLayer">, Pick<KnownEncoder, "kept"> {
  folder: string;
}

export interface TestedVectorsOptions {
  threads?: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Opens what a trainer left; under a layer over the start, the start's kept vectors do. */
export async function openTestedVectors(
  { folder, openLayer, kept }: MadeEncoder,
  options: TestedVectorsOptions,
): Promise<TestedVectors> {
  if (openLayer && kept) return overKept(kept, (inputs) => openLayer(folder, inputs), options);
  const encoder = await openEncoder(folder, { threads: options.threads });
  return {
    of: ({ source, target, languages: [x, y] }, texts) => {
      const sources = texts.source.map((text) => source.get(text));
      const targets = texts.target.map((text) => target.get(text));
      const lines = { source: sources, target: targets };
      return embedAligned(lines, inLanguages(encoder, { source: x, target: y }), {
        ...options,
        centre: true,
      });
    },
    [Symbol.asyncDispose]: async () => encoder.close?.(),
  };
}

function overKept(
  kept: KeptVectors,
  openLayer: NonNullable<KnownEncoder["over"]>["openLayer"],
  { onEvent }: TestedVectorsOptions,
): TestedVectors {
  let layer: ReturnType<typeof openLayer> | undefined;
  const rowsOf = async (name: string, text: number, sentences: readonly number[]): Promise<Vectors> => {
    using vectors = await kept.of(text);
    const { dimensions: inputs } = vectors.info;
    layer ??= openLayer(inputs);
    const all = { rows: vectors.info.rows, dimensions: inputs, read: vectors.read };
    const raw = reorder(all, Uint32Array.from(sentences)).read(0, sentences.length);
    const { apply, dimensions } = await layer;
    const rows = new MemoryRows(sentences.length, dimensions);
    await rows.append(await apply(raw));
    const made = { rows: sentences.length, dimensions, data: rows.data };
    const mean = await meanOfRows(rows, dimensions);
    const options = { centre: true, mean, sentences: made.rows, name, onEvent };
    prepareRows(made, { mean: safeMean(inMemory(made), options) });
    return made;
  };
  return {
    of: async ({ name, numbers }, texts) => ({
      source: await rowsOf(name, numbers.source, texts.source),
      target: await rowsOf(name, numbers.target, texts.target),
    }),
    [Symbol.asyncDispose]: async () => {
      await (await layer?.catch(() => undefined))?.close();
      await kept.close();
    },
  };
}
