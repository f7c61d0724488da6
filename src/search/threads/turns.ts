/** How long a thread waits before it looks again, in case that it has missed a call. */
const PATIENCE_MS = 20;
const FREE = 0;
const TAKEN = 1;

/** Marks of which parts no thread works at, for several threads: one for each part, and one that counts what is freed. */
export function freeParts(parts: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * (parts + 1)));
}

/** The same of parts that are not there yet: each has to be freed first. */
export function takenParts(parts: number): Int32Array {
  return freeParts(parts).fill(TAKEN, 0, parts);
}

export function freePart(marks: Int32Array, part: number): void {
  Atomics.store(marks, part, FREE);
  Atomics.add(marks, marks.length - 1, 1);
  Atomics.notify(marks, marks.length - 1);
}

/**
 * Gives each part once, while no other thread has it: in order, but passing over those that are taken as long as others
 * are left.
 *
 * @param start where to begin, as a share of the parts: threads that begin at the same would wait for each other
 */
export function* inTurn(marks: Int32Array, start: number): Generator<number> {
  const parts = marks.length - 1;
  const first = Math.floor((start % 1) * parts);
  const left = Array.from({ length: parts }, (_, i) => (first + i) % parts);
  while (left.length > 0) {
    const freed = Atomics.load(marks, parts);
    const at = left.findIndex((part) => Atomics.compareExchange(marks, part, FREE, TAKEN) === FREE);
    if (at < 0) {
      Atomics.wait(marks, parts, freed, PATIENCE_MS);
      continue;
    }
    const [part] = left.splice(at, 1);
    try {
      yield part;
    } finally {
      freePart(marks, part);
    }
  }
}
