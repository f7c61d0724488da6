/** Lets the event loop run between two steps of blocking work, and stops if the signal has aborted. */
export async function pause(signal?: AbortSignal): Promise<void> {
  await new Promise(setImmediate);
  signal?.throwIfAborted();
}
