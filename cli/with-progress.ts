import type { JobEvent } from "../src/index.js";
import type { Context } from "./context.js";
import { Progress, type ProgressOptions } from "./progress.js";

/** What a job tells whoever waits for it. */
export interface Watch {
  signal: AbortSignal;
  onEvent(event: JobEvent): void;
}

/** Runs a job, shows on stderr what it tells, and at its end the summary that it gives. */
export async function withProgress(
  options: ProgressOptions,
  { stderr, signal }: Context,
  run: (watch: Watch) => Promise<string>,
): Promise<void> {
  const progress = new Progress(stderr, options);
  try {
    progress.finish(await run({ signal, onEvent: (event) => progress.show(event) }));
  } finally {
    progress.clear();
  }
}
