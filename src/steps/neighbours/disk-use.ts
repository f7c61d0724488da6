import { statfs } from "node:fs/promises";
import type { JobEvent } from "../../events.js";
import type { GraphType } from "../../search/graph-types.js";
import { note, warning } from "../../wording.js";
import type { Engine } from "./indexes/choose-engine.js";

/** What decides how much a run folder takes. */
export interface DiskNeeds {
  /** Distinct sentences of both sides. */
  sentences: number;
  dimensions: number;
  k: number;
  index: Engine["index"];
  indexType?: GraphType;
}

/** Bytes of a candidate's columns, and of a graph's node beside its vector (both libraries, with 16 links). */
export const CANDIDATE_BYTES = 16;
const NODE_BYTES = 160;

/** At most so many bytes for vectors, candidates and indexes; each sentence's k neighbours are candidates. */
export function estimateDiskUse({ sentences, dimensions, k, index, indexType }: DiskNeeds): number {
  const vectors = sentences * dimensions * 4;
  const isGraph = index === "hnsw" || index === "usearch";
  const graphs = isGraph ? sentences * (dimensions * graphBytes(index, indexType) + NODE_BYTES) : 0;
  return vectors + graphs + sentences * k * CANDIDATE_BYTES;
}

/** Bytes of a number in a graph. */
function graphBytes(index: "hnsw" | "usearch", type: GraphType = "bf16"): number {
  if (index === "hnsw") return 4;
  return type === "i8" ? 1 : 2;
}

/**
 * Tells how much disk a run folder will take, before the work starts; warns if that is more than is free. For a
 * temporary folder only the warning is given.
 */
export async function tellDiskUse(
  folder: string,
  needs: DiskNeeds,
  onEvent: (event: JobEvent) => void,
  temporary = false,
): Promise<void> {
  const tell = (event: JobEvent) => {
    if (!temporary || event.kind === "warning") onEvent(event);
  };
  await tellBytes(folder, estimateDiskUse(needs), tell);
}

/** The same of so many bytes. */
export async function tellBytes(
  folder: string,
  bytes: number,
  onEvent: (event: JobEvent) => void,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const needed = `${folder} will take up to ${formatBytes(bytes)} for vectors and neighbours`;
  const there = formatBytes(free);
  onEvent(
    bytes <= free
      ? note(`${needed}; ${there} are free there.`)
      : warning(`${needed}, but only ${there} are free there. Make room, or name a folder on another disk.`),
  );
}

export function formatBytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString("en")} MiB`;
}
