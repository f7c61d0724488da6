import type { JobEvent } from "../../events.js";
import type { BothWays } from "../../search/both-ways.js";
import { sampleRecall } from "../../search/sample-recall.js";
import { note, option, say, warning } from "../../wording.js";
import type { IndexOptions, SearchedVectors } from "./indexes/index-options.js";

/** Sentences of a side that are looked up among all of the other. */
const SAMPLE = 256;
/** What a sample of so many may be below what was asked for. */
const TOLERANCE = 0.01;

interface RecallOptions extends Pick<IndexOptions, "recall" | "threads"> {
  k: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Tells which share of its neighbours an approximate search has found, of a sample of sentences of both sides. */
export async function tellRecall(
  { forward, backward }: BothWays,
  { source, target }: SearchedVectors,
  { recall: asked, k, threads, signal, onEvent }: RecallOptions,
): Promise<void> {
  const options = { sample: SAMPLE, k, threads, signal };
  const samples = [
    await sampleRecall(forward, source.vectors, target.vectors, options),
    await sampleRecall(backward, target.vectors, source.vectors, options),
  ];
  const rows = samples.reduce((sum, { rows }) => sum + rows, 0);
  if (rows === 0) return;
  const found = samples.reduce((sum, { rows, recall }) => sum + rows * recall, 0) / rows;
  const told = `ivf found ${found.toFixed(3)} of the ${k} nearest of ${rows} sentences that were looked up among all`;
  if (asked === undefined || found >= asked - TOLERANCE) onEvent(note(told));
  else
    onEvent(
      warning(
        say`${told}, but ${option("recall", asked)} was asked for; a larger ${option("searchEffort")} finds more.`,
      ),
    );
}
