import { hasDistinctRows } from "../search/distinct-rows.js";
import { prepareRows } from "../search/prepare-rows.js";
import type { VectorBlock, Vectors } from "../types.js";
import type { JobEvent } from "./events.js";

export interface CentreOptions {
  /** Whether to subtract the mean. */
  centre: boolean;
  mean?: readonly number[];
  blocks?: readonly VectorBlock[];
  /** What messages call the side. */
  name: string;
  onEvent: (event: JobEvent) => void;
}

/** Makes a side's vectors comparable, in place; what has no two different vectors is left uncentred, and told. */
export function centreRows(vectors: Vectors, { centre, mean, blocks, name, onEvent }: CentreOptions): void {
  const isSafe = !centre || hasDistinctRows(vectors);
  if (!isSafe)
    onEvent({
      kind: "warning",
      message: `${name}: has no two sentences of different vectors, so its mean, which would leave nothing of them, is not subtracted. With --no-centre neither side's is.`,
    });
  prepareRows(vectors, { mean: centre && isSafe ? mean : undefined, blocks });
}
