import { join } from "node:path";
import { estimatePrecision } from "../../estimate/estimate-precision.js";
import type { Descending } from "../../statistics/descending.js";
import type { CandidateFiles } from "../../store/corpus/read-candidates.js";
import type { ChooseSettings } from "./choose.js";
import { decoysAmong } from "./decoys.js";
import type { NumberColumn } from "./number-column.js";
import { type RankedFile, rankFiles } from "./rank-files.js";
import type { Ranking } from "./ranking.js";
import { sampleFiles } from "./sample-files.js";
import { scoreFiles } from "./score-files.js";

export interface RankInFilesOptions {
  /** An empty folder for what does not fit; the caller's to remove. */
  folder: string;
  memoryBytes: number;
  /** What a re-scorer gave each candidate, which goes before the margin. */
  rescored?: NumberColumn;
}

/** A ranking, and how many candidates were dropped under `ratio`; its files are closed when it is disposed of. */
export interface RankingInFiles extends Disposable {
  ranking: Ranking;
  dropped: number;
}

/**
 * Scores candidates that stay in their files, and puts those in order that are chosen: the same as in memory.
 *
 * Memory: `memoryBytes`, and a bit a sentence of both sides; to estimate, of what is sampled. Disk: 8 bytes a candidate, and
 * 64 for each that is chosen, twice where the memory does not hold them.
 */
export function rankInFiles(
  candidates: CandidateFiles,
  settings: ChooseSettings,
  { folder, memoryBytes, rescored }: RankInFilesOptions,
): RankingInFiles {
  const { margin } = settings;
  const scored = scoreFiles(candidates, margin, { path: join(folder, "margins"), memoryBytes });
  const columns = rescored
    ? { scores: rescored, margins: scored.margins }
    : { scores: scored.margins, margins: undefined };
  const ranked = rankFiles(candidates, columns, { ...settings, folder, memoryBytes });
  const scores = scoresOf(ranked);
  return {
    dropped: scored.dropped,
    ranking: {
      scores,
      at: (rank) => ranked.at(rank),
      estimate: () => {
        const sampled = sampleFiles(candidates, columns.scores, ranked);
        const chosen = { ...settings, ...sampled, margin: rescored ? undefined : margin };
        return estimatePrecision(decoysAmong(chosen), scores);
      },
    },
    [Symbol.dispose]: () => {
      ranked[Symbol.dispose]();
      scored.margins[Symbol.dispose]();
    },
  };
}

function scoresOf(ranked: RankedFile): Descending {
  const { length } = ranked;
  return {
    length,
    at: (rank) => ranked.at(rank).score,
    *[Symbol.iterator]() {
      for (let rank = 0; rank < length; rank++) yield ranked.at(rank).score;
    },
  };
}
