import { dirname, join } from "node:path";
import { InputError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import { inputsOf, type PairInput } from "../../read/pairs/pair-input.js";
import { nameOf, type ReadPairsOptions, readPairs } from "../../read/pairs/read-pairs.js";
import { recogniseBitextFormat } from "../../read/pairs/recognise-format.js";
import { type FileState, noteState, whileUnchanged } from "../../store/files/file-state.js";
import { isPipe } from "../../store/files/is-pipe.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { Pair } from "../../types/bitexts.js";
import type { Remark } from "../../wording.js";
import { hashFile, identify } from "../texts/identify.js";

/** A bitext that can be read again and again, and is the same each time or refused; copies of streams are removed when it is disposed of. */
export interface RereadBitext extends AsyncDisposable {
  /** What messages call it. */
  name: string;
  /** The SHA-256 of each file. */
  hashes(): Promise<string[]>;
  read(options?: Pick<ReadPairsOptions, "onSkip" | "onLeftOut">): AsyncGenerator<Pair[], void, undefined>;
}

/**
 * Makes a bitext readable more than once: a stream or a named pipe is copied to a folder first.
 *
 * @throws OutputError if the copy cannot be written
 */
export async function readTwice(
  input: PairInput,
  options: ReadPairsOptions,
  folder: string,
): Promise<RereadBitext> {
  const inputs: readonly Input[] = inputsOf(input);
  const names = inputs.map((one, side) => nameOf(one, options, side));
  const kept: KeptInput[] = [];
  for (const [side, one] of inputs.entries())
    kept.push(
      await keep(one, {
        name: names[side],
        spool: temporaryPath(join(folder, `bitext-${side}.spool`)),
        signal: options.signal,
      }),
    );
  const [source, target] = kept;
  const states = kept.map(({ state }) => state);
  const again: PairInput = target ? [source.path, target.path] : source.path;
  const called = typeof input === "string" ? input : names[0];
  const format = options.format ?? (await recogniseBitextFormat(again, called));
  // Beside a copy nothing stands.
  const documents = options.documents ?? (format === "xces" ? [dirname(called)] : undefined);
  const name = target ? ([names[0], names[1]] as const) : names[0];
  const told = new Set<string>();
  const onNote = (note: Remark) => {
    if (!told.has(note.message)) options.onNote?.(note);
    told.add(note.message);
  };
  return {
    name: names[0],
    hashes: () => Promise.all(kept.map((one) => one.hash())),
    [Symbol.asyncDispose]: async () => {
      for (const one of kept) await one.discard();
    },
    read: (more) =>
      whileUnchanged(readPairs(again, { ...options, documents, ...more, onNote, format, name }), states),
  };
}

interface KeptInput {
  path: string;
  state?: FileState;
  hash(): Promise<string>;
  discard(): Promise<void>;
}

async function keep(
  input: Input,
  { name, spool, signal }: { name: string; spool: string; signal?: AbortSignal },
): Promise<KeptInput> {
  if (typeof input === "string" && !(await isPipe(input)))
    return {
      path: input,
      state: await noteState(input, name),
      hash: () => hashFile(input, signal),
      discard: async () => {},
    };
  const { hash, discard } = await identify(input, spool, signal);
  return { path: spool, hash: async () => hash, discard };
}

/** The error of a bitext that was another one when it was read again, though its file told nothing of it. */
export function changed(path: string, before: number, after: number): InputError {
  return new InputError(
    { path },
    `had ${before} pairs when it was read first, but ${after} the second time.`,
    { advice: "Do not change it while it is read." },
  );
}
