import { marginOf } from "../../score/margin.js";
import { averagingOf, NeighbourSums } from "../../score/neighbourhood.js";
import { ranges } from "../../search/ranges.js";
import type { CandidateFiles, NumberedBlock } from "../../store/corpus/read-candidates.js";
import { NumberFile } from "../../store/files/number-file.js";
import type { Margin } from "../../types/pairs.js";

/** Of a sentence the sum of its neighbours' cosines and their number, or its choice and that one's score. */
const SENTENCE_BYTES = 16;

/** Targets that are looked at in one pass over the candidates. */
export const targetsAtOnce = (memoryBytes: number) => Math.max(1, Math.floor(memoryBytes / SENTENCE_BYTES));

/**
 * Scores candidates by their margin, as `scoreMargin` does, into a file. A source's candidates come together; targets are
 * taken in as many passes as the memory needs, of 16 bytes for each.
 *
 * @throws OutputError if the file cannot be written
 */
export function scoreFiles(
  candidates: CandidateFiles,
  margin: Margin,
  { path, memoryBytes }: { path: string; memoryBytes: number },
): { margins: NumberFile; dropped: number } {
  const margins = new NumberFile(path);
  let [dropped, room] = [0, new Float64Array()];
  for (const window of ranges(0, candidates.targetRows, targetsAtOnce(memoryBytes))) {
    const sums = new NeighbourSums(window, averagingOf("target", candidates));
    for (const { target, backwardRank, cosine } of candidates.blocks())
      sums.add(target, backwardRank, cosine);
    const means = sums.means();
    for (const block of candidates.blocks()) {
      const { first, length, source, target, cosine } = block;
      const own = meansOfSources(block, candidates);
      if (length > room.length) room = new Float64Array(length);
      const values = room.subarray(0, length);
      if (window.first > 0) margins.readInto(first, values);
      for (let i = 0; i < length; i++) {
        if (target[i] < window.first || target[i] >= window.end) continue;
        const base = (own[source[i] - source[0]] + means[target[i] - window.first]) / 2;
        values[i] = marginOf(cosine[i], base, margin);
        if (Number.isNaN(values[i])) dropped++;
      }
      margins.write(first, values);
    }
  }
  return { margins, dropped };
}

/** From the first source of a block on. */
function meansOfSources(
  { source, forwardRank, cosine }: NumberedBlock,
  candidates: CandidateFiles,
): Float64Array {
  const sums = new NeighbourSums(sourcesOf({ source }), averagingOf("source", candidates));
  sums.add(source, forwardRank, cosine);
  return sums.means();
}

export const sourcesOf = ({ source }: Pick<NumberedBlock, "source">) => ({
  first: source[0],
  end: source.at(-1)! + 1,
});
