import type { Levels } from "./level-trie.js";

/** A node, as the pieces that begin with what it stands for: a stretch of all pieces in order. */
interface Stretch {
  first: number;
  end: number;
  /** How many units they share. */
  depth: number;
}

/** The trie of some pieces, none of which is empty or there twice. A piece's place is its number. */
export function sortLevels(pieces: readonly string[]): Levels {
  const order = Int32Array.from(pieces.keys()).sort((a, b) => (pieces[a] < pieces[b] ? -1 : 1));
  const unitOf = (place: number, depth: number) => pieces[order[place]].charCodeAt(depth);
  const nodes: Stretch[] = [{ first: 0, end: order.length, depth: 0 }];
  const units = [0];
  const branches: number[] = [];
  const numbers: number[] = [];
  for (let node = 0; node < nodes.length; node++) {
    const { first, end, depth } = nodes[node];
    const before = nodes.length;
    const ends = first < end && pieces[order[first]].length === depth;
    if (ends) numbers.push(order[first]);
    for (let start = first + Number(ends), next = start; start < end; start = next) {
      const unit = unitOf(start, depth);
      while (next < end && unitOf(next, depth) === unit) next++;
      nodes.push({ first: start, end: next, depth: depth + 1 });
      units.push(unit);
    }
    branches.push(2 * (nodes.length - before) + Number(ends));
  }
  return {
    units: Uint16Array.from(units),
    branches: Uint16Array.from(branches),
    numbers: Int32Array.from(numbers),
  };
}
