import type { InputError } from "./errors.js";
import type { Keeping, StageNews } from "./store/run/stage.js";
import { type Remark, warning } from "./wording.js";

/** What a job tells while it runs. */
export type JobEvent =
  | {
      kind: "progress";
      stage: string;
      done: number;
      total?: number;
      unit: string;
      /** What else is worth knowing meanwhile. */
      detail?: string;
    }
  | Remark
  /** A run folder keeps, makes or makes anew what a stage gives. */
  | ({ kind: "stage" } & StageNews)
  /** Something of the input was left out (`onError: "skip"`). */
  | { kind: "skipped"; error: InputError };

/** Tells how many of a text's sentences an encoder has cut, if any. */
export function tellTruncated(count: number, name: string, onEvent: (event: JobEvent) => void): void {
  if (count === 0) return;
  const what = count === 1 ? "1 sentence is" : `${count} sentences are`;
  onEvent(warning(`${name}: ${what} longer than the encoder takes; only the beginning counts.`));
}

/** Seconds of each stage, in the order they ran. */
export type StageSeconds = Record<string, number>;

/** Where stages keep their results, and the time that each has taken. */
export interface TimedRun extends Keeping {
  seconds: StageSeconds;
}

/** Runs one stage and adds the time it took. */
export async function timed<T>(seconds: StageSeconds, stage: string, run: () => Promise<T> | T): Promise<T> {
  const start = performance.now();
  try {
    return await run();
  } finally {
    seconds[stage] = (seconds[stage] ?? 0) + (performance.now() - start) / 1000;
  }
}
