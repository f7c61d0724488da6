/** Pairs of pages that may belong together, each once, in the order of the source. Memory: nine bytes a pair. */
export interface PageCandidates {
  readonly length: number;
  /** Numbers of the pages. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** 1 where their addresses brought them together, otherwise 0. */
  readonly byUrl: Uint8Array;
}

/** A pair of pages as one number: those of a source stand together, in the order of the target. */
export type PairKey = number;

/** The key of a pair. @param targets pages of the target */
export function pairKey(source: number, target: number, targets: number): PairKey {
  return source * targets + target;
}

/** The pairs of two kinds of evidence, in any order. @param targets pages of the target */
export function gatherCandidates(
  byUrl: readonly PairKey[],
  byVector: readonly PairKey[],
  targets: number,
): PageCandidates {
  const addressed = Float64Array.from(byUrl).sort();
  const keys = new Float64Array(byUrl.length + byVector.length);
  keys.set(byUrl);
  keys.set(byVector, byUrl.length);
  const once = keys.sort().filter((key, i) => i === 0 || key !== keys[i - 1]);
  let next = 0;
  return {
    length: once.length,
    source: Uint32Array.from(once, (key) => Math.floor(key / targets)),
    target: Uint32Array.from(once, (key) => key % targets),
    byUrl: Uint8Array.from(once, (key) => {
      while (addressed[next] < key) next++;
      return Number(addressed[next] === key);
    }),
  };
}
