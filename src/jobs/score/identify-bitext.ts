import { join } from "node:path";
import type { Input } from "../../read/input.js";
import { inputsOf, type PairInput } from "../../read/pairs/pair-input.js";
import { type IdentifiedSource, identify } from "../identify.js";
import { nameOf } from "../text-source.js";

/** A bitext that can be read twice. */
export interface IdentifiedBitext {
  bitext: PairInput;
  /** SHA-256 of each file. */
  hashes: string[];
  /** What messages call the files. */
  names: string[];
  /** Removes the copies of streams. */
  discard(): Promise<void>;
}

/** Hashes the files of a bitext; a stream or a pipe is copied into the folder meanwhile. */
export async function identifyBitext(
  input: PairInput,
  folder: string,
  signal?: AbortSignal,
): Promise<IdentifiedBitext> {
  const inputs: readonly Input[] = inputsOf(input);
  const found: IdentifiedSource[] = [];
  for (const [i, one] of inputs.entries())
    found.push(await identify(one, join(folder, `.bitext-${i}.spool.part`), signal));
  const [source, target] = found.map((one) => one.source as Input);
  return {
    bitext: target === undefined ? source : [source, target],
    hashes: found.map(({ hash }) => hash),
    names: inputs.map((one) => nameOf(one, "bitext")),
    discard: async () => {
      for (const one of found) await one.discard();
    },
  };
}
