import { join } from "node:path";
import { type VectorSink, WINDOW } from "../../embed/embed.js";
import { meanOfRows, type ReadableRows } from "../../embed/mean.js";
import { roomForRows } from "../../runtime/rows/row-kernel.js";
import { MemoryRows } from "../../store/arrays/memory-rows.js";
import { NpyWriter } from "../../store/arrays/npy-file.js";
import {
  type DescribedVectors,
  openVectors,
  type VectorsInfo,
  writeVectorsInfo,
} from "../../store/arrays/vectors-file.js";
import type { Key } from "../../store/run/manifest.js";
import type { Stage } from "../../store/run/stage.js";
import type { VectorBlock } from "../../types/vectors.js";
import { vectorsOutline } from "../texts/side-outlines.js";
import type { EmbeddedSide } from "./embedded-side.js";

/** A side's vectors, one row a distinct sentence; what is read of rows in memory is a view that the caller may change. */
export interface SideVectors extends DescribedVectors {
  /** All rows, where they are in memory. */
  data?: Float32Array;
}

interface MadeVectors extends SideVectors {
  /** Gives the rows their name in a run folder. */
  finish(path: string): Promise<void>;
}

/** What gives sentences their vectors: an encoder, or a file that has them. */
export interface VectorSource {
  space: string;
  /** What the side's texts are encoded for, where they are for something. */
  task?: string;
  /** What the encoder puts before the side's texts. */
  prompt?: string;
  /** The code of the texts' language, for an encoder that has to be told. */
  language?: string;
  blocks?: readonly VectorBlock[];
  centre?: boolean;
  dimensions: number;
  /** Appends the rows that the sink does not hold yet. */
  fill(side: EmbeddedSide, stage: string, sink: VectorSink): Promise<void>;
}

/** A source of vectors that is opened only if vectors have to be made. */
export interface LazySource {
  /** The space of its vectors, where it is known before they are made. */
  space?: string;
  /** What the vectors depend on beside the text. */
  key: Key;
  dimensions: number;
  /** Whether its vectors are better compared with each side's mean subtracted. */
  centre?: boolean;
  open(): Promise<VectorSource>;
}

/** A side's vectors; in a run folder, the whole windows that an interrupted run left are kept. */
export function vectorsStage(
  name: string,
  side: EmbeddedSide,
  { key, open }: Pick<LazySource, "key" | "open">,
): Stage<SideVectors, MadeVectors> {
  const infoOf = async (
    { space, task, prompt, language, dimensions, blocks, centre }: VectorSource,
    matrix: ReadableRows,
  ): Promise<VectorsInfo> => ({
    space,
    task,
    prompt,
    language,
    dimensions,
    blocks,
    centre,
    rows: matrix.rows,
    mean: await meanOfRows(matrix, dimensions, blocks),
  });
  return {
    ...vectorsOutline(name),
    key: { text: side.textHash, ...key },

    make: async (unfinished) => {
      const source = await open();
      const { dimensions } = source;
      if (unfinished === undefined) {
        const room = roomForRows(side.texts.length, dimensions);
        const rows = new MemoryRows(side.texts.length, dimensions, room);
        await source.fill(side, `embed ${name}`, rows);
        const info = await infoOf(source, rows);
        const { data } = rows;
        const read = (start: number, end: number) => data.subarray(start * dimensions, end * dimensions);
        return { info, read, data, [Symbol.dispose]: () => {}, finish: async () => {} };
      }
      const file = await NpyWriter.open(unfinished, "<f4", dimensions, (rows) => rows - (rows % WINDOW));
      try {
        await source.fill(side, `embed ${name}`, file);
        const info = await infoOf(source, file);
        const read = () => new Float32Array();
        return { info, read, [Symbol.dispose]: () => {}, finish: (path) => file.finish(path) };
      } catch (error) {
        await file.close();
        throw error;
      }
    },

    save: async ({ info, finish }, folder) => {
      await finish(join(folder, `${name}.npy`));
      await writeVectorsInfo(join(folder, `${name}.npy`), info);
    },

    load: async (folder) => openVectors(join(folder, `${name}.npy`)),
  };
}
