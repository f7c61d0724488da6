/**
 * `promise`, or the signal's reason if that comes first. The listener is removed after each call: a single promise of
 * the abort, raced against every chunk, would keep every chunk in memory.
 */
export function orAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    // A signal that has aborted fires no further event.
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
