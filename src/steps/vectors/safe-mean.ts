import type { JobEvent } from "../../events.js";
import { isFew, shrinkMean } from "../../score/few-sentences.js";
import { hasDistinctRows } from "../../search/distinct-rows.js";
import type { VectorRows } from "../../types/vectors.js";
import { option, say, warning } from "../../wording.js";

export interface CentreOptions {
  /** Whether the mean is to be subtracted. */
  centre: boolean;
  mean?: readonly number[];
  /**
   * How many sentences the smaller of both sides has, the side itself or the other: what is left of a mean on one side
   * must be left on both.
   */
  sentences: number;
  /** What messages call the side. */
  name: string;
  onEvent: (event: JobEvent) => void;
}

/**
 * What is subtracted from a side's vectors, if anything: their mean, or a part of it where a side has few; nothing, with
 * a warning, if all are the same.
 */
export function safeMean(
  vectors: VectorRows,
  { centre, mean, sentences, name, onEvent }: CentreOptions,
): readonly number[] | undefined {
  if (!centre || !mean) return undefined;
  // A part of the mean leaves something of every vector.
  if (isFew(sentences)) return shrinkMean(mean, sentences);
  if (hasDistinctRows(vectors)) return mean;
  onEvent(
    warning(
      say`${name}: all its vectors are the same, so it is not centred, which would leave nothing of them. Pass ${option("centre", false)} to centre neither side.`,
    ),
  );
  return undefined;
}
