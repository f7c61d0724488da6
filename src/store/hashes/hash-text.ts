import { openXxhash } from "../files/xxhash.js";

/** The 64-bit hash (XXH64) of a text. */
export type HashText = (text: string) => bigint;

export async function openHash(): Promise<HashText> {
  const { h64 } = await openXxhash();
  return h64;
}

/** The same hash of bytes. */
export type HashBytes = (bytes: Uint8Array) => bigint;

export async function openByteHash(): Promise<HashBytes> {
  const { h64Raw } = await openXxhash();
  return h64Raw;
}

const whole = new BigUint64Array(1);
const halves = new Uint32Array(whole.buffer);

/** The lower and the upper half of a hash. */
export function halvesOf(hash: bigint): [low: number, high: number] {
  whole[0] = hash;
  return [halves[0], halves[1]];
}
