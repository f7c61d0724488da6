import type { JobEvent } from "../../events.js";
import { hasDistinctRows } from "../../search/distinct-rows.js";
import type { VectorRows } from "../../types.js";

export interface CentreOptions {
  /** Whether the mean is to be subtracted. */
  centre: boolean;
  mean?: readonly number[];
  /** What messages call the side. */
  name: string;
  onEvent: (event: JobEvent) => void;
}

/** What is subtracted from a side's vectors, if anything: not where no two of them differ, and that is told. */
export function safeMean(
  vectors: VectorRows,
  { centre, mean, name, onEvent }: CentreOptions,
): readonly number[] | undefined {
  if (!centre) return undefined;
  if (hasDistinctRows(vectors)) return mean;
  onEvent({
    kind: "warning",
    message: `${name}: has no two sentences of different vectors, so its mean, which would leave nothing of them, is not subtracted. With --no-centre neither side's is.`,
  });
  return undefined;
}
