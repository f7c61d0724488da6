import { createHash } from "node:crypto";
import { join } from "node:path";
import { type JobEvent, tellCutPairs } from "../../events.js";
import type { Rescorer, TextPair } from "../../rescore/rescorer.js";
import { MemoryRows } from "../../store/arrays/memory-rows.js";
import { NpyWriter, readNpy } from "../../store/arrays/npy-file.js";
import type { Key } from "../../store/run/manifest.js";
import type { StageOutline } from "../../store/run/outline.js";
import type { Stage } from "../../store/run/stage.js";
import type { Sides } from "../texts/side.js";

/** Which texts are scored together, by their numbers. */
export interface PairList {
  source: Uint32Array;
  target: Uint32Array;
}

/** What is measured, and who hears of it. */
export interface MeasuredPairs {
  sides: Sides;
  list: PairList;
  rescorer: Rescorer;
}

export interface RescoresOptions {
  /** The stages that the list is made from. */
  from: readonly StageOutline[];
  /** Called with a pair that has no finite part, as soon as it is met; it may throw. */
  onNotFinite: (pair: number) => void;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Pairs that are measured together. Batches are cut within a window, so a score depends on its window alone. */
const WINDOW = 512;

const FILE = "rescores.npy";

/** What a run keeps of a re-scorer's work. */
export const rescoresOutline = (from: readonly StageOutline[]): StageOutline => ({
  name: "rescores",
  files: [FILE],
  from,
});

/** What the parts depend on: the model, the texts, and which of them make pairs. */
export function rescoresKey({ sides, list, rescorer }: MeasuredPairs): Key {
  const pairs = createHash("sha256").update(list.source).update(list.target).digest("hex");
  return { rescorer: rescorer.space, texts: [sides.source.textHash, sides.target.textHash], pairs };
}

type Made = Float32Array & { finish?: (path: string) => Promise<void> };

/**
 * The parts of every pair of a list, pairs × parts; in a run folder, the whole windows that an interrupted run left are
 * kept.
 */
export function rescoresStage(measured: MeasuredPairs, options: RescoresOptions): Stage<Float32Array, Made> {
  const { list, rescorer } = measured;
  const width = rescorer.parts.length;
  return {
    ...rescoresOutline(options.from),
    key: rescoresKey(measured),
    make: async (unfinished) => {
      if (unfinished === undefined) {
        const rows = new MemoryRows(list.source.length, width);
        await measure(measured, rows, options);
        return rows.data;
      }
      const file = await NpyWriter.open(unfinished, "<f4", width, (rows) => rows - (rows % WINDOW));
      try {
        await measure(measured, file, options);
        return Object.assign(new Float32Array(), { finish: (path: string) => file.finish(path) });
      } catch (error) {
        await file.close();
        throw error;
      }
    },
    save: async ({ finish }, folder) => finish?.(join(folder, FILE)),
    load: async (folder) => readNpy(join(folder, FILE)) as Float32Array,
  };
}

interface Sink {
  readonly rows: number;
  append(values: Float32Array): Promise<void>;
}

async function measure(
  { sides, list, rescorer }: MeasuredPairs,
  sink: Sink,
  { onNotFinite, signal, onEvent }: RescoresOptions,
): Promise<void> {
  const total = list.source.length;
  const width = rescorer.parts.length;
  let [done, cut] = [sink.rows, 0];
  while (sink.rows < total) {
    signal?.throwIfAborted();
    const first = sink.rows;
    const pairs = Array.from(
      { length: Math.min(WINDOW, total - first) },
      (_, i): TextPair => [
        sides.source.texts.get(list.source[first + i]),
        sides.target.texts.get(list.target[first + i]),
      ],
    );
    const values = await rescorer.measure(pairs, {
      signal,
      onTruncated: (count) => {
        cut += count;
      },
      onMeasured: (count) => {
        done += count;
        onEvent({ kind: "progress", stage: "rescore", done, total, unit: "pairs" });
      },
    });
    for (const pair of pairs.keys()) if (!isFinitePair(values, pair, width)) onNotFinite(first + pair);
    await sink.append(values);
  }
  tellCutPairs(cut, onEvent);
}

/** Whether all parts of a pair are finite. */
export function isFinitePair(values: Float32Array, pair: number, width: number): boolean {
  return values.subarray(pair * width, (pair + 1) * width).every(Number.isFinite);
}
