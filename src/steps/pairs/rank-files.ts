import { join } from "node:path";
import { ranges } from "../../search/ranges.js";
import { BestChoices } from "../../select/best.js";
import { chosenBy, isDisjoint } from "../../select/chosen-by.js";
import type { SelectOptions } from "../../select/select.js";
import { NumberSet } from "../../store/arrays/number-set.js";
import { RecordSorter } from "../../store/arrays/record-sorter.js";
import type { CandidateFiles } from "../../store/corpus/read-candidates.js";
import { RecordFile } from "../../store/files/record-file.js";
import type { SideName } from "../../types/texts.js";
import { BlockNumbers, type NumberColumn } from "./number-column.js";
import type { RankedCandidate } from "./ranking.js";
import { sourcesOf, targetsAtOnce } from "./score-files.js";

/** A candidate as it is sorted: its score, negative, and its number; source, target, cosine, both ranks, and its margin. */
const WIDTH = 8;

/** Candidates that were chosen, in their order, in a file. */
export interface RankedFile extends Disposable {
  length: number;
  at(rank: number): RankedCandidate & { candidate: number };
  /** Sentences of each side that are in a pair. */
  used: Record<SideName, number>;
}

export interface RankFilesOptions extends Pick<SelectOptions, "retrieval" | "secondChoice"> {
  /** Takes what does not fit. */
  folder: string;
  memoryBytes: number;
}

/**
 * Chooses among candidates of files as `selectPairs` does. Targets choose in as many passes as the memory needs, of 16 bytes
 * for each; what is chosen is sorted in it.
 *
 * Memory: `memoryBytes`, and a bit a sentence of both sides.
 */
export function rankFiles(
  candidates: CandidateFiles,
  { scores, margins }: { scores: NumberColumn; margins?: NumberColumn },
  { folder, memoryBytes, ...options }: RankFilesOptions,
): RankedFile {
  const isChosen = chosenBy(options);
  const half = memoryBytes / 2;
  using sorter = new RecordSorter({ path: join(folder, "sorted"), memoryBytes: half, width: WIDTH, keys: 2 });
  const scored = new BlockNumbers(scores);
  const own = margins && new BlockNumbers(margins);
  for (const window of ranges(0, candidates.targetRows, targetsAtOnce(half))) {
    const backward = new BestChoices(window);
    for (const block of candidates.blocks())
      backward.add(block.target, block.backwardRank, scored.read(block), block.first);
    for (const block of candidates.blocks()) {
      const { first, length, source, target, cosine, forwardRank, backwardRank } = block;
      const [values, beside] = [scored.read(block), own?.read(block)];
      const forward = new BestChoices(sourcesOf(block));
      forward.add(source, forwardRank, values, first);
      for (let i = 0; i < length; i++) {
        if (target[i] < window.first || target[i] >= window.end || Number.isNaN(values[i])) continue;
        if (!isChosen(forward.has(source[i], first + i), backward.has(target[i], first + i))) continue;
        const ranks = [forwardRank[i], backwardRank[i]];
        sorter.add([-values[i], first + i, source[i], target[i], cosine[i], ...ranks, beside?.[i] ?? 0]);
      }
    }
  }
  return writeRanked(sorter, candidates, {
    path: join(folder, "ranked"),
    disjoint: isDisjoint(options),
    withMargins: margins !== undefined,
  });
}

function writeRanked(
  sorter: RecordSorter,
  { sourceRows, targetRows }: CandidateFiles,
  { path, disjoint, withMargins }: { path: string; disjoint: boolean; withMargins: boolean },
): RankedFile {
  const file = new RecordFile(path, WIDTH);
  const used = { source: new NumberSet(sourceRows), target: new NumberSet(targetRows) };
  for (const record of sorter.sorted()) {
    const [source, target] = [record[2], record[3]];
    if (disjoint && (used.source.has(source) || used.target.has(target))) continue;
    used.source.add(source);
    used.target.add(target);
    file.append(record);
  }
  file.flush();
  return {
    length: file.length,
    at: (rank) => {
      const [negative, candidate, source, target, cosine, forwardRank, backwardRank, margin] = file.at(rank);
      const ranked = { score: -negative, candidate, source, target, cosine, forwardRank, backwardRank };
      return withMargins ? { ...ranked, margin } : ranked;
    },
    used: { source: used.source.size, target: used.target.size },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}
