import type { JobEvent } from "../../events.js";
import { measurePairsPerSecond } from "../../search/calibrate.js";
import { SAMPLED_ROWS, TRAINING_ROUNDS } from "../../search/ivf/centroids.js";
import { note } from "../../wording.js";
import { formatBytes } from "./disk-use.js";
import type { Engine } from "./indexes/choose-engine.js";
import type { IndexOptions } from "./indexes/index-options.js";
import { countLists, probesOf } from "./indexes/ivf-effort.js";
import type { SearchSize } from "./indexes/search-costs.js";
import type { MemoryPlan } from "./memory-plan.js";

export interface TellOptions extends Pick<IndexOptions, "searchEffort" | "recall"> {
  memory: number;
  onEvent: (event: JobEvent) => void;
}

/** Tells how a search will be done: by which engine, in which blocks, with how much memory, and about how long. */
export async function tellPlan(
  engine: Engine,
  size: SearchSize,
  plan: MemoryPlan,
  options: TellOptions,
): Promise<void> {
  const { memory, onEvent } = options;
  const { source, target, dimensions } = size;
  const larger = Math.max(source, target);
  const parts = [
    `plan: ${engine.index}${engine.index === "exact" ? `, ${engine.type}` : ""}`,
    `${source.toLocaleString("en")} × ${target.toLocaleString("en")} × ${dimensions}`,
    plan.held
      ? "vectors in memory"
      : `vectors read from disk, ${passes(larger, plan.heldRows)} to search and ${passes(larger, plan.rescoredRows)} to score`,
    `${formatBytes(plan.bytes)} of ${formatBytes(memory)}, and the runtime's own`,
  ];
  if (engine.index !== "hnsw") {
    const rate = await measurePairsPerSecond(engine.type, size, plan.threads);
    parts.push(
      `about ${describeSeconds(countPairs(engine, size, probesOf(options)) / rate)} on this machine`,
    );
  }
  onEvent(note(parts.join(" · ")));
}

function passes(rows: number, heldRows: number): string {
  const count = Math.ceil(rows / heldRows);
  return count === 1 ? "1 pass" : `${count} passes`;
}

/** Pairs of rows, of rows and centroids too, that are compared. */
function countPairs({ index }: Engine, { source, target }: SearchSize, probes: number): number {
  if (index === "exact") return source * target;
  const lists = countLists(source, target);
  const share = Math.min(1, (2 * probes) / lists);
  return (
    source * target * share + 2 * (source + target) * lists + SAMPLED_ROWS * TRAINING_ROUNDS * lists ** 2
  );
}

function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
