import { readFileSync } from "node:fs";

/** Where something is in the kernel's memory. */
type Address = number;

/** Stands in the source folder, since the compiler copies none. */
const MODULE = new URL("../../../../src/search/threads/collect.wasm", import.meta.url);
const PAGE_BYTES = 65_536;
const WORD_BYTES = 4;

let compiled: WebAssembly.Module | undefined;

type Words<T> = new (buffer: ArrayBuffer, start: number, length: number) => T;

/** `collect.c`, of which `compile-wasm.sh` makes a module, and its memory. */
export interface Kernel {
  /** Takes the next of the memory, and fills it with zeros. */
  take<T>(Words: Words<T>, length: number): T;
  collect(products: Address, columns: number, left: Address, right: Address): void;
  /** The arguments of C, in their order. */
  largest(...values: (Address | number)[]): void;
}

/** @param words how many will be taken, of four bytes each */
export function loadKernel(words: number): Kernel {
  // The first page has the module's stack.
  const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil((words * WORD_BYTES) / PAGE_BYTES) });
  compiled ??= new WebAssembly.Module(readFileSync(MODULE));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  let next = PAGE_BYTES;
  return {
    take: (Words, length) => {
      const start = next;
      next += length * WORD_BYTES;
      return new Words(memory.buffer, start, length);
    },
    ...(exports as unknown as Omit<Kernel, "take">),
  };
}
