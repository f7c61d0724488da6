import type { JobEvent } from "../../events.js";
import { isFew, shrinkMean } from "../../score/few-sentences.js";
import { hasDistinctRows } from "../../search/distinct-rows.js";
import type { VectorRows } from "../../types/vectors.js";
import { option, say, warning } from "../../wording.js";

export interface CentreOptions {
  /** Whether the mean is to be subtracted. */
  centre: boolean;
  mean?: readonly number[];
  /** What messages call the side. */
  name: string;
  onEvent: (event: JobEvent) => void;
}

/**
 * What is subtracted from a side's vectors, if anything: their mean, or a part of it where they are few; nothing, with a
 * warning, if all are the same.
 */
export function safeMean(
  vectors: VectorRows,
  { centre, mean, name, onEvent }: CentreOptions,
): readonly number[] | undefined {
  if (!centre || !mean) return undefined;
  // A part of the mean leaves something of every vector.
  if (isFew(vectors.rows)) return shrinkMean(mean, vectors.rows);
  if (hasDistinctRows(vectors)) return mean;
  onEvent(
    warning(
      say`${name}: all its vectors are the same, so it is not centred, which would leave nothing of them. Pass ${option("centre", false)} to centre neither side.`,
    ),
  );
  return undefined;
}
