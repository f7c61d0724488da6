import createHash from "xxhash-wasm";

/** The 64-bit hash (XXH64) of a text. */
export type HashText = (text: string) => bigint;

export async function openHash(): Promise<HashText> {
  const { h64 } = await createHash();
  return h64;
}
