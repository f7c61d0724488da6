import { mix } from "../../../store/hashes/mix.js";

/** Slots of an entry on average, so that it is found within a few. */
const ROOM = 1.5;
/** A slot: both hashes, and the row counted from 1; 0 marks a free one. */
const WIDTH = 3;

/** Rows by two hashes: an array of slots, which threads share. Memory: 18 to 36 bytes an entry. */
export type RowTable = Int32Array;

/** An empty table with room for that many entries. */
export function newRowTable(entries: number): RowTable {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(2, ROOM * entries)));
  return new Int32Array(new SharedArrayBuffer(WIDTH * slots * Int32Array.BYTES_PER_ELEMENT));
}

/** A power of two. */
export const countSlots = (table: RowTable): number => table.length / WIDTH;

/** Puts a row in; of two with the same hashes the first stays. */
export function addToRowTable(table: RowTable, hash: number, check: number, row: number): void {
  const at = slotOf(table, hash, check);
  if (table[at + 2] !== 0) return;
  table[at] = hash;
  table[at + 1] = check;
  table[at + 2] = row + 1;
}

/** The row of two hashes, or undefined where there is none. */
export function findRow(table: RowTable, hash: number, check: number): number | undefined {
  const row = table[slotOf(table, hash, check) + 2];
  return row === 0 ? undefined : row - 1;
}

/** Where an entry is, or the free slot where it would go. */
function slotOf(table: RowTable, hash: number, check: number): number {
  const [a, b] = [hash | 0, check | 0];
  const mask = countSlots(table) - 1;
  for (let slot = mix(a ^ Math.imul(b, 0x9e3779b1)) & mask; ; slot = (slot + 1) & mask) {
    const at = slot * WIDTH;
    if (table[at + 2] === 0 || (table[at] === a && table[at + 1] === b)) return at;
  }
}
