import { utimes } from "node:fs/promises";

const BEAT_MS = 30_000;

/**
 * What is not touched for so long belongs to no process any more. Twenty beats: the longest work without a look at the
 * event loop, sorting hundreds of millions of candidates, takes a few minutes, and clocks differ by less.
 */
export const STALE_MS = 600_000;

type Touch = () => Promise<void>;

const touches = new Set<Touch>();
let timer: NodeJS.Timeout | undefined;

/**
 * Shows processes of other machines and containers that this one still works, by touching something now and then.
 *
 * @returns what ends it
 */
export function keepFresh(touch: Touch): () => void {
  touches.add(touch);
  timer ??= setInterval(beat, BEAT_MS).unref();
  return () => {
    touches.delete(touch);
    if (touches.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The same for a file or folder whose time nobody reads. */
export function keepPathFresh(path: string): () => void {
  return keepFresh(() => utimes(path, new Date(), new Date()));
}

/** Touches everything; what cannot be touched now may be so the next time. */
export async function beat(): Promise<void> {
  await Promise.allSettled(Array.from(touches, (touch) => touch()));
}
