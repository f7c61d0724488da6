import type { Pair } from "../../types/bitexts.js";
import type { PairSink } from "../../write/pairs/pair-sink.js";
import { openText } from "../../write/text-sink.js";

/** Alignments that are formatted at once. */
const BATCH = 1024;

/** Where alignments go. */
export interface AlignmentSink<A> extends AsyncDisposable {
  write(alignments: readonly A[]): Promise<void>;
  finish(): Promise<void>;
}

/** Where what stands alone goes. */
interface RestOptions<A> {
  /** The file; nowhere by default. */
  rest?: string;
  /** A line of it. */
  formatAlone: (alignment: A) => string;
  signal?: AbortSignal;
}

/** Writes alignments, and those of one side to a file beside; neither appears before both are whole. */
export async function writeWithRest<A extends { source: string; target: string }>(
  alignments: AsyncIterable<A>,
  sink: AlignmentSink<A>,
  { rest, formatAlone, signal }: RestOptions<A>,
): Promise<void> {
  await using alone = rest === undefined ? undefined : openText(rest, signal);
  let batch: A[] = [];
  const flush = async () => {
    await sink.write(batch);
    const without = batch.filter((alignment) => !hasBoth(alignment));
    await alone?.write(without.map(formatAlone).join(""));
    batch = [];
  };
  for await (const alignment of alignments) {
    batch.push(alignment);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  await alone?.complete();
  await sink.finish();
  await alone?.finish();
}

/** Alignments of both sides as pairs of a bitext. */
export function bitextSink<A extends { source: string; target: string }>(
  pairs: PairSink,
  pairOf: (alignment: A) => Pair,
): AlignmentSink<A> {
  return {
    write: (alignments) => pairs.write(alignments.filter(hasBoth).map(pairOf)),
    finish: () => pairs.finish(),
    [Symbol.asyncDispose]: () => pairs[Symbol.asyncDispose](),
  };
}

/** Whether sentences of both sides are in an alignment. */
const hasBoth = ({ source, target }: { source: string; target: string }) => source !== "" && target !== "";
