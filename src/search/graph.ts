/** What a graph tells while it is built or searched. */
export interface GraphOptions {
  signal?: AbortSignal;
  /** Called with the number of rows done. */
  onProgress?: (done: number) => void;
}

/** Lets the event loop run between two steps of blocking work, and stops if the signal has aborted. */
export async function pause(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
