import createHash from "xxhash-wasm";

let opened: ReturnType<typeof createHash> | undefined;

/** The functions of XXH64, compiled once a thread. */
export function openXxhash(): ReturnType<typeof createHash> {
  opened ??= createHash();
  return opened;
}
