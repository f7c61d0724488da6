import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Candidates } from "../../types/neighbours.js";
import type { NpyData, NpyType } from "../arrays/npy.js";
import { NpyWriter, openNpy, readNpy } from "../arrays/npy-file.js";
import { temporaryPath, writeWholeText } from "../files/whole-file.js";

const COLUMNS = {
  source: "<u4",
  target: "<u4",
  cosine: "<f4",
  forwardRank: "<u2",
  backwardRank: "<u2",
} as const satisfies Partial<Record<keyof Candidates, NpyType>>;

/** What is kept of each candidate. */
export type CandidateColumn = keyof typeof COLUMNS;
export const CANDIDATE_COLUMNS = Object.keys(COLUMNS) as CandidateColumn[];

export const CANDIDATES_INFO = "candidates.json";

export const columnPath = (folder: string, column: string) => join(folder, `candidates.${column}.npy`);

/** The files that `writeCandidates` writes. */
export const CANDIDATE_FILES = [
  ...CANDIDATE_COLUMNS.map((column) => columnPath("", column)),
  CANDIDATES_INFO,
];

type Sizes = Pick<Candidates, "k" | "boundedK" | "sourceRows" | "targetRows">;

/** Writes a .npy file a column, and `candidates.json` with the sizes and `facts`. */
export async function writeCandidates<F>(folder: string, candidates: Candidates, facts: F): Promise<void> {
  const writer = await CandidateWriter.open(folder);
  await writer.append(candidates);
  await writer.finish(candidates, facts);
}

/** Writes candidates that come in their order, some at a time. */
export class CandidateWriter implements AsyncDisposable {
  private constructor(
    private readonly folder: string,
    private readonly columns: readonly (readonly [CandidateColumn, NpyWriter<NpyData>])[],
  ) {}

  static async open(folder: string): Promise<CandidateWriter> {
    const columns = await Promise.all(
      CANDIDATE_COLUMNS.map(async (name) => {
        const writer: NpyWriter<NpyData> = await NpyWriter.open(
          temporaryPath(columnPath(folder, name)),
          COLUMNS[name],
          1,
        );
        return [name, writer] as const;
      }),
    );
    return new CandidateWriter(folder, columns);
  }

  async append(candidates: Candidates): Promise<void> {
    for (const [name, writer] of this.columns) await writer.append(candidates[name]);
  }

  async finish<F>({ k, boundedK, sourceRows, targetRows }: Sizes, facts: F): Promise<void> {
    for (const [name, writer] of this.columns) await writer.finish(columnPath(this.folder, name));
    await writeWholeText(
      join(this.folder, CANDIDATES_INFO),
      `${JSON.stringify({ k, boundedK, sourceRows, targetRows, facts })}\n`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const [, writer] of this.columns) await writer.close().catch(() => {});
  }
}

/** How many candidates a folder has, and their facts, without the columns, which must be there. */
export async function readCandidateInfo<F>(folder: string): Promise<{ length: number; facts: F }> {
  const { facts } = JSON.parse(await readFile(join(folder, CANDIDATES_INFO), "utf8"));
  const lengths = CANDIDATE_COLUMNS.map((column) => {
    using file = openNpy(columnPath(folder, column));
    return file.shape[0];
  });
  return { length: lengths[0], facts };
}

export async function readCandidates<F>(folder: string): Promise<{ candidates: Candidates; facts: F }> {
  const { facts, ...sizes } = JSON.parse(await readFile(join(folder, CANDIDATES_INFO), "utf8"));
  const column = <T extends NpyData>(name: CandidateColumn) => readNpy(columnPath(folder, name)) as T;
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
