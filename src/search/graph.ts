/** What a graph tells while it is built or searched. */
export interface GraphOptions {
  signal?: AbortSignal;
  /** Called with the number of rows done. */
  onProgress?: (done: number) => void;
}

/** Lets others have their turn between two steps of work that blocks, and ends where the signal says so. */
export async function pause(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
