import type { JobEvent } from "../src/index.js";
import type { Context } from "./context.js";
import { Progress, type ProgressOptions } from "./progress.js";

export interface Listeners {
  signal: AbortSignal;
  onEvent(event: JobEvent): void;
}

/** Shows a job's progress on stderr while it runs, and then its summary, if it has one. */
export async function withProgress<Summary>(
  options: ProgressOptions,
  { stderr, signal }: Context,
  start: (listeners: Listeners) => Promise<Summary>,
  describe?: (summary: Summary) => string,
): Promise<Summary> {
  const progress = new Progress(stderr, options);
  try {
    const summary = await start({ signal, onEvent: (event) => progress.show(event) });
    progress.finish(describe?.(summary));
    return summary;
  } finally {
    progress.clear();
  }
}
