import type { InputError } from "./errors.js";
import type { Keeping, StageNews } from "./store/run/stage.js";
import { type Remark, warning } from "./wording.js";

/** What a job tells while it runs; the kind says what it is. */
export type JobEvent = ProgressEvent | Remark | StageEvent | SkippedEvent;

/** How far a stage is. */
export interface ProgressEvent {
  kind: "progress";
  /** The stage's name, such as "embed source". */
  stage: string;
  /** How much of it is done. */
  done: number;
  /** How much there is to do, where that is known. */
  total?: number;
  /** What is counted, such as "sentences". */
  unit: string;
  /** What else is worth knowing meanwhile. */
  detail?: string;
}

/** A run folder keeps, makes or makes anew what a stage gives. */
export interface StageEvent extends StageNews {
  kind: "stage";
}

/** Something of the input was left out (`onError: "skip"`). */
export interface SkippedEvent {
  kind: "skipped";
  /** What is wrong with it, and where. */
  error: InputError;
}

/** Who hears of a job, and who may end it. */
export interface JobListeners {
  /** Ends the job once it aborts: its promise is rejected, or its iteration ends, with the signal's reason. */
  signal?: AbortSignal;
  /** Hears how far the job is, and what is worth knowing meanwhile. */
  onEvent?: (event: JobEvent) => void;
}

/** Tells how many of a text's sentences an encoder has cut, if any. */
export function tellTruncated(count: number, name: string, onEvent: (event: JobEvent) => void): void {
  if (count === 0) return;
  const what = count === 1 ? "1 sentence is" : `${count} sentences are`;
  onEvent(warning(`${name}: ${what} longer than the encoder takes; only the beginning counts.`));
}

/** Tells of how many pairs a re-scorer has cut a text, if of any. */
export function tellCutPairs(count: number, onEvent: (event: JobEvent) => void): void {
  if (count === 0) return;
  const what = count === 1 ? "1 pair is" : `${count} pairs are`;
  onEvent(warning(`${what} longer than the re-scorer takes; only the beginning counts.`));
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
