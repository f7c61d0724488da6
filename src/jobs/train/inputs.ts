import { OptionError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import { identify } from "../../steps/texts/identify.js";
import { nameBytes } from "../../steps/texts/source-kind.js";
import type { FileState } from "../../store/files/file-state.js";
import { partPath } from "../../store/files/part-name.js";

/** A file that training reads; perhaps a copy of what can be read only once. */
export interface TrainingInput {
  /** What messages call it. */
  name: string;
  path: string;
  sha256: string;
  /** What its file was when it was hashed. */
  state?: FileState;
}

export interface TrainingInputs {
  pairs: TrainingInput[];
  keepOut: TrainingInput[];
}

/**
 * Hashes all that training reads; a stream or a named pipe is copied beside the output, since it is read twice; the
 * copies are removed when the inputs are disposed of.
 *
 * @throws OptionError if there are no pairs; OutputError if a copy cannot be written
 */
export async function identifyInputs(
  output: string,
  {
    pairs,
    keepOut = [],
    signal,
  }: { pairs: readonly Input[]; keepOut?: readonly Input[]; signal?: AbortSignal },
): Promise<TrainingInputs & AsyncDisposable> {
  if (pairs.length === 0) throw new OptionError("There are no files of pairs to train on.");
  const copies: (() => Promise<void>)[] = [];
  const removeCopies = async () => {
    for (const remove of copies) await remove();
  };
  const identified = async (kind: string, inputs: readonly Input[]) => {
    const found: TrainingInput[] = [];
    for (const [i, input] of inputs.entries()) {
      const copy = partPath(`${output}.${kind}-${i}.spool`);
      const { path, hash, state, discard } = await identify(input, copy, signal);
      copies.push(discard);
      found.push({ name: nameBytes(input).name, path, sha256: hash, state });
    }
    return found;
  };
  try {
    return {
      pairs: await identified("pairs", pairs),
      keepOut: await identified("keep-out", keepOut),
      [Symbol.asyncDispose]: removeCopies,
    };
  } catch (error) {
    await removeCopies();
    throw error;
  }
}
