import { joinNeighbours } from "../search/candidates.js";
import { searchExact } from "../search/exact.js";
import { rescore } from "../search/rescore.js";
import type { NonZeroRows } from "../search/zero-rows.js";
import type { Candidates } from "../types.js";
import type { CopyGuard } from "./copy-guard.js";
import type { JobEvent } from "./events.js";
import type { Sides } from "./side.js";

/** More neighbours are searched than kept: the exact order may differ at the edge, and guarded copies drop out. */
const EXTRA_NEIGHBOURS = 4;

export interface Found {
  candidates: Candidates;
  /** Pairs that the guard against copies kept out. */
  copies: number;
}

export interface FindOptions {
  k: number;
  guard?: CopyGuard;
  threads?: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Each sentence's k nearest of the other side, exactly scored, as one table of pairs. */
export async function findCandidates(
  sides: Sides,
  { source, target }: Record<"source" | "target", NonZeroRows>,
  { k, guard, threads, signal, onEvent }: FindOptions,
): Promise<Found> {
  const smaller = Math.min(source.vectors.rows, target.vectors.rows);
  if (k > smaller) {
    onEvent({
      kind: "warning",
      message: `k is ${k}, but a side has only ${smaller} sentences to search: neighbourhoods are as large as that.`,
    });
  }
  const total = source.vectors.rows * target.vectors.rows;
  const found = await searchExact(source.vectors, target.vectors, {
    k: k + EXTRA_NEIGHBOURS,
    threads,
    signal,
    onProgress: (done) => onEvent({ kind: "progress", stage: "search", done, total, unit: "comparisons" }),
  });

  const copies = new Set<string>();
  const isCopy = (x: number, y: number) => {
    const copy = guard?.isCopy(source.rowNumbers[x], target.rowNumbers[y]) ?? false;
    if (copy) copies.add(`${x} ${y}`);
    return copy;
  };
  const exact = {
    forward: rescore(found.forward, source.vectors, target.vectors, k, isCopy),
    backward: rescore(found.backward, target.vectors, source.vectors, k, (y, x) => isCopy(x, y)),
  };
  const candidates = joinNeighbours(
    exact,
    { source: source.rowNumbers, target: target.rowNumbers },
    { source: sides.source.texts.length, target: sides.target.texts.length },
  );
  return { candidates, copies: copies.size };
}
