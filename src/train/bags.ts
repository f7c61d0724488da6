/** Sentences as bags of rows of a table, packed: bag i holds pieces[offsets[i]] … pieces[offsets[i + 1] − 1]. */
export interface Bags {
  readonly pieces: Int32Array;
  /** One more than there are bags; the first is 0. */
  readonly offsets: Uint32Array;
}

export const countBags = (bags: Bags) => bags.offsets.length - 1;

export function packBags(lists: readonly ArrayLike<number>[]): Bags {
  const offsets = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) offsets[i + 1] = offsets[i] + list.length;
  const pieces = new Int32Array(offsets[lists.length]);
  for (const [i, list] of lists.entries()) pieces.set(list, offsets[i]);
  return { pieces, offsets };
}

/** The bags of several packs, one after the other. */
export function joinBags(lists: readonly Bags[]): Bags {
  const pieces = new Int32Array(lists.reduce((sum, one) => sum + one.pieces.length, 0));
  const offsets = new Uint32Array(lists.reduce((sum, one) => sum + countBags(one), 0) + 1);
  let [at, bag] = [0, 0];
  for (const one of lists) {
    pieces.set(one.pieces, at);
    for (let i = 1; i < one.offsets.length; i++) offsets[++bag] = at + one.offsets[i];
    at += one.pieces.length;
  }
  return { pieces, offsets };
}

/** Some bags of each of several packs, one after the other, each cut after its first `maxPieces` pieces. */
export function takeBags(
  from: readonly { bags: Bags; indices: ArrayLike<number> }[],
  maxPieces: number,
): Bags {
  const lists: Int32Array[] = [];
  for (const { bags, indices } of from) {
    for (let i = 0; i < indices.length; i++) {
      const start = bags.offsets[indices[i]];
      const end = Math.min(bags.offsets[indices[i] + 1], start + maxPieces);
      lists.push(bags.pieces.subarray(start, end));
    }
  }
  return packBags(lists);
}

/** Drops every piece with the same probability; a bag that would lose all of its pieces keeps all. */
export function dropPieces({ pieces, offsets }: Bags, probability: number, next: () => number): Bags {
  const kept = new Int32Array(pieces.length);
  const ends = new Uint32Array(offsets.length);
  let length = 0;
  for (let bag = 0; bag + 1 < offsets.length; bag++) {
    for (let i = offsets[bag]; i < offsets[bag + 1]; i++) {
      if (next() >= probability) kept[length++] = pieces[i];
    }
    if (length === ends[bag]) {
      kept.set(pieces.subarray(offsets[bag], offsets[bag + 1]), length);
      length += offsets[bag + 1] - offsets[bag];
    }
    ends[bag + 1] = length;
  }
  return { pieces: kept.subarray(0, length), offsets: ends };
}

/** For each bag the number of the first bag with the same pieces in the same order. */
export function numberBags(bags: Bags): Int32Array {
  const byHash = new Map<number, number[]>();
  return Int32Array.from({ length: countBags(bags) }, (_, bag) => {
    const hash = hashBag(bags, bag);
    const others = byHash.get(hash);
    if (!others) byHash.set(hash, [bag]);
    const same = others?.find((other) => equalBags(bags, other, bag));
    if (others && same === undefined) others.push(bag);
    return same ?? bag;
  });
}

/** FNV-1a, a piece at a time. */
function hashBag({ pieces, offsets }: Bags, bag: number): number {
  let hash = 0x811c9dc5;
  for (let i = offsets[bag]; i < offsets[bag + 1]; i++) hash = Math.imul(hash ^ pieces[i], 0x01000193);
  return hash;
}

function equalBags({ pieces, offsets }: Bags, a: number, b: number): boolean {
  const length = offsets[a + 1] - offsets[a];
  if (offsets[b + 1] - offsets[b] !== length) return false;
  for (let i = 0; i < length; i++) if (pieces[offsets[a] + i] !== pieces[offsets[b] + i]) return false;
  return true;
}
