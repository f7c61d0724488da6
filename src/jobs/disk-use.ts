import { statfs } from "node:fs/promises";
import type { JobEvent } from "./events.js";
import type { IndexName } from "./indexes.js";

/** What decides how much a run folder takes. */
export interface DiskNeeds {
  /** Distinct sentences of both sides. */
  sentences: number;
  dimensions: number;
  k: number;
  index: IndexName;
}

/** Bytes of a candidate's columns, and of a graph's node beside its vector (hnswlib with 16 links). */
export const CANDIDATE_BYTES = 16;
const NODE_BYTES = 160;

/** At most so many bytes for vectors, candidates and indexes; each sentence's k neighbours are candidates. */
export function estimateDiskUse({ sentences, dimensions, k, index }: DiskNeeds): number {
  const vectors = sentences * dimensions * 4;
  const graphs = index === "hnsw" ? vectors + sentences * NODE_BYTES : 0;
  return vectors + graphs + sentences * k * CANDIDATE_BYTES;
}

/** Tells what a run folder will take, before the work starts; warns where that is more than is free. */
export async function tellDiskUse(
  folder: string,
  needs: DiskNeeds,
  onEvent: (event: JobEvent) => void,
): Promise<void> {
  await tellBytes(folder, estimateDiskUse(needs), onEvent);
}

/** The same of so many bytes. */
export async function tellBytes(
  folder: string,
  bytes: number,
  onEvent: (event: JobEvent) => void,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const message = `${folder} will take up to ${mebibytes(bytes)} for vectors and neighbours; ${mebibytes(free)} are free there`;
  if (bytes <= free) onEvent({ kind: "note", message: `${message}.` });
  else
    onEvent({
      kind: "warning",
      message: `${message}: too little. Make room, or name a folder on another disk.`,
    });
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString("en")} MiB`;
}
