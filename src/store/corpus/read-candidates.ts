import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CandidateBlock, Candidates } from "../../types/neighbours.js";
import { type NpyFile, openNpy } from "../arrays/npy-file.js";
import { CANDIDATE_COLUMNS, CANDIDATES_INFO, type CandidateColumn, columnPath } from "./candidate-files.js";

/** How many candidates are read at once, and those that the last of their sources has beside. */
const BLOCK = 16_384;

/** Some candidates in a row, with all of each source that they are of. */
export interface NumberedBlock extends CandidateBlock {
  /** The number of the first. */
  first: number;
}

/** A folder's candidates, which stay in their files. */
export class CandidateFiles implements Omit<Candidates, CandidateColumn>, Disposable {
  readonly length: number;
  readonly k: number;
  readonly boundedK?: boolean;
  readonly sourceRows: number;
  readonly targetRows: number;

  private constructor(
    { k, boundedK, sourceRows, targetRows }: Omit<Candidates, keyof CandidateBlock>,
    private readonly columns: Record<CandidateColumn, NpyFile>,
  ) {
    this.length = columns.source.shape[0];
    [this.k, this.boundedK, this.sourceRows, this.targetRows] = [k, boundedK, sourceRows, targetRows];
  }

  /** Opens what a `CandidateWriter` wrote. @throws InputError if a file is missing or broken */
  static async open<F>(folder: string): Promise<{ candidates: CandidateFiles; facts: F }> {
    const { facts, ...sizes } = JSON.parse(await readFile(join(folder, CANDIDATES_INFO), "utf8"));
    const columns: Partial<Record<CandidateColumn, NpyFile>> = {};
    try {
      for (const name of CANDIDATE_COLUMNS) columns[name] = openNpy(columnPath(folder, name));
      return { candidates: new CandidateFiles(sizes, columns as Record<CandidateColumn, NpyFile>), facts };
    } catch (error) {
      for (const column of Object.values(columns)) column[Symbol.dispose]();
      throw error;
    }
  }

  /**
   * All candidates in their order, a block at a time, which is one only until the next is asked for. Memory: 16,384
   * candidates, or those of one source.
   */
  *blocks(): Generator<NumberedBlock> {
    let room = roomFor(BLOCK);
    for (let first = 0; first < this.length; ) {
      const size = Math.min(room.source.length, this.length - first);
      const sources = room.source.subarray(0, size);
      this.columns.source.readInto(first, sources);
      const last = sources[size - 1];
      const isEnd = first + size === this.length;
      const length = isEnd ? size : sources.findLastIndex((source) => source !== last) + 1;
      if (length === 0) room = roomFor(2 * room.source.length);
      else yield this.read(first, length, room);
      first += length;
    }
  }

  [Symbol.dispose](): void {
    for (const column of Object.values(this.columns)) column[Symbol.dispose]();
  }

  private read(first: number, length: number, room: Room): NumberedBlock {
    const column = <K extends keyof Room>(name: K) => {
      const values = room[name].subarray(0, length) as Room[K];
      if (name !== "source") this.columns[name].readInto(first, values);
      return values;
    };
    return {
      ...{ first, length, source: column("source"), target: column("target"), cosine: column("cosine") },
      ...{ forwardRank: column("forwardRank"), backwardRank: column("backwardRank") },
    };
  }
}

type Room = Omit<CandidateBlock, "length">;

const roomFor = (candidates: number): Room => ({
  source: new Uint32Array(candidates),
  target: new Uint32Array(candidates),
  cosine: new Float32Array(candidates),
  forwardRank: new Uint16Array(candidates),
  backwardRank: new Uint16Array(candidates),
});
