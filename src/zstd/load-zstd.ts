import { readFile } from "node:fs/promises";

/** Addresses in the module's memory are numbers. */
type Address = number;

/** What we use of the C interface of zstd 1.5.7; `build.sh` makes the module. */
export interface Zstd {
  memory: WebAssembly.Memory;
  malloc(bytes: number): Address;
  free(address: Address): void;
  ZSTD_createDCtx(): Address;
  ZSTD_freeDCtx(context: Address): number;
  ZSTD_DCtx_reset(context: Address, what: number): number;
  ZSTD_DCtx_loadDictionary(context: Address, dictionary: Address, bytes: number): number;
  ZSTD_decompressStream(context: Address, output: Address, input: Address): number;
  ZSTD_createCCtx(): Address;
  ZSTD_freeCCtx(context: Address): number;
  ZSTD_CCtx_setParameter(context: Address, parameter: number, value: number): number;
  ZSTD_compressStream2(context: Address, output: Address, input: Address, end: number): number;
  ZSTD_isError(result: number): number;
  ZSTD_getErrorName(result: number): Address;
}

/** Stands in the source folder, since the compiler copies none. */
const MODULE = new URL("../../../src/zstd/zstd.wasm", import.meta.url);

let loading: Promise<Zstd> | undefined;

/**
 * zstd as WebAssembly: the same on every Node, and there without a compiler, a download or an install script. Node's own
 * is not used: Node 20 has none, and that of 22 and 24 drops the frames behind the first of a chunk; 22 also takes a cut
 * file for a whole one.
 */
export function loadZstd(): Promise<Zstd> {
  loading ??= instantiate();
  return loading;
}

async function instantiate(): Promise<Zstd> {
  const { instance } = await WebAssembly.instantiate(await readFile(MODULE));
  const { _initialize, ...zstd } = instance.exports as unknown as Zstd & { _initialize(): void };
  _initialize();
  return zstd;
}
