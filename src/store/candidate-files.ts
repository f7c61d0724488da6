import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Candidates } from "../types.js";
import type { NpyData, NpyType } from "./npy.js";
import { NpyWriter, readNpy } from "./npy-file.js";
import { partName, writeWholeText } from "./whole-file.js";

const COLUMNS = {
  source: "<u4",
  target: "<u4",
  cosine: "<f4",
  forwardRank: "<u2",
  backwardRank: "<u2",
} as const satisfies Partial<Record<keyof Candidates, NpyType>>;

/** Writes a .npy file a column, and `candidates.json` with the sizes and `facts`. */
export async function writeCandidates<F>(folder: string, candidates: Candidates, facts: F): Promise<void> {
  for (const [column, type] of Object.entries(COLUMNS)) {
    const path = columnPath(folder, column);
    const writer = await NpyWriter.open(partName(path), type, 1);
    await writer.append(candidates[column as keyof typeof COLUMNS]);
    await writer.finish(path);
  }
  const { k, sourceRows, targetRows } = candidates;
  await writeWholeText(
    join(folder, "candidates.json"),
    `${JSON.stringify({ k, sourceRows, targetRows, facts })}\n`,
  );
}

export async function readCandidates<F>(folder: string): Promise<{ candidates: Candidates; facts: F }> {
  const { facts, ...sizes } = JSON.parse(await readFile(join(folder, "candidates.json"), "utf8"));
  const column = <T extends NpyData>(name: keyof typeof COLUMNS) => readNpy(columnPath(folder, name)) as T;
  const source = column<Uint32Array>("source");
  const candidates: Candidates = {
    ...sizes,
    length: source.length,
    source,
    target: column<Uint32Array>("target"),
    cosine: column<Float32Array>("cosine"),
    forwardRank: column<Uint16Array>("forwardRank"),
    backwardRank: column<Uint16Array>("backwardRank"),
  };
  return { candidates, facts };
}

const columnPath = (folder: string, column: string) => join(folder, `candidates.${column}.npy`);
