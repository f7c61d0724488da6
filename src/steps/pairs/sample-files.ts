import { sampleRanks } from "../../estimate/sampled-pairs.js";
import { averagingOf, NeighbourSums } from "../../score/neighbourhood.js";
import { GrowingArray } from "../../store/arrays/growing-array.js";
import type { CandidateFiles } from "../../store/corpus/read-candidates.js";
import type { Candidates } from "../../types/neighbours.js";
import type { SideName } from "../../types/texts.js";
import type { SampledCandidates } from "./decoys.js";
import { BlockNumbers, type NumberColumn } from "./number-column.js";
import type { RankedFile } from "./rank-files.js";

type SentencesOf = Record<SideName, Set<number>>;

/**
 * Of candidates in files those that estimating needs, with sentences numbered anew: the candidates of sampled sentences, and
 * of the sentences in these. Memory: of these alone.
 */
export function sampleFiles(
  candidates: CandidateFiles,
  scores: NumberColumn,
  ranked: RankedFile,
): Pick<SampledCandidates, "candidates" | "scores" | "ordered" | "sample" | "means" | "lonely"> {
  const pairs = Array.from(sampleRanks(ranked.length), (rank) => ranked.at(rank));
  const sampled = {
    source: new Set(pairs.map(({ source }) => source)),
    target: new Set(pairs.map(({ target }) => target)),
  };
  const part = gather(candidates, scores, withPartners(candidates, sampled));
  const placeOf = new Map(Array.from(part.numbers, (number, place) => [number, place]));
  const ordered = new GrowingArray(Uint32Array);
  for (let rank = 0; rank < ranked.length; rank++) {
    const place = placeOf.get(ranked.at(rank).candidate);
    if (place !== undefined) ordered.push(place);
  }
  return {
    candidates: part.candidates,
    scores: part.scores,
    means: {
      source: meansOf("source", part.candidates, candidates),
      target: meansOf("target", part.candidates, candidates),
    },
    ordered: ordered.values(),
    sample: Uint32Array.from(pairs, ({ candidate }) => placeOf.get(candidate)!),
    lonely: {
      source: (candidates.sourceRows - ranked.used.source) / ranked.length,
      target: (candidates.targetRows - ranked.used.target) / ranked.length,
    },
  };
}

/** Sentences, and all that are in a candidate with one of them. */
function withPartners(candidates: CandidateFiles, sentences: SentencesOf): SentencesOf {
  const all = { source: new Set(sentences.source), target: new Set(sentences.target) };
  for (const { length, source, target } of candidates.blocks())
    for (let i = 0; i < length; i++) {
      if (sentences.source.has(source[i])) all.target.add(target[i]);
      if (sentences.target.has(target[i])) all.source.add(source[i]);
    }
  return all;
}

/** All candidates that one of some sentences is in. */
function gather(files: CandidateFiles, scores: NumberColumn, wanted: SentencesOf) {
  const columns = {
    number: new GrowingArray(Float64Array),
    score: new GrowingArray(Float64Array),
    source: new GrowingArray(Uint32Array),
    target: new GrowingArray(Uint32Array),
    cosine: new GrowingArray(Float32Array),
    forwardRank: new GrowingArray(Uint32Array),
    backwardRank: new GrowingArray(Uint32Array),
  };
  const scored = new BlockNumbers(scores);
  for (const block of files.blocks()) {
    const values = scored.read(block);
    for (let i = 0; i < block.length; i++) {
      if (!wanted.source.has(block.source[i]) && !wanted.target.has(block.target[i])) continue;
      columns.number.push(block.first + i);
      columns.score.push(values[i]);
      for (const name of ["source", "target", "cosine", "forwardRank", "backwardRank"] as const)
        columns[name].push(block[name][i]);
    }
  }
  const sides = { source: numberAnew(columns.source.values()), target: numberAnew(columns.target.values()) };
  const candidates: Candidates = {
    length: columns.number.length,
    k: files.k,
    sourceRows: sides.source.count,
    targetRows: sides.target.count,
    source: sides.source.numbers,
    target: sides.target.numbers,
    cosine: columns.cosine.values(),
    forwardRank: Uint16Array.from(columns.forwardRank.values()),
    backwardRank: Uint16Array.from(columns.backwardRank.values()),
  };
  return { candidates, scores: columns.score.values(), numbers: columns.number.values() };
}

/** Numbers sentences from 0 on, in the same order. */
function numberAnew(sentences: Uint32Array): { numbers: Uint32Array; count: number } {
  const distinct = Uint32Array.from(new Set(sentences)).sort();
  const numberOf = new Map(Array.from(distinct, (sentence, number) => [sentence, number]));
  return { numbers: sentences.map((sentence) => numberOf.get(sentence)!), count: distinct.length };
}

/** They are of the size that all candidates have, not those that were gathered. */
function meansOf(side: SideName, part: Candidates, all: CandidateFiles): Float64Array {
  const sums = new NeighbourSums({ first: 0, end: part[`${side}Rows`] }, averagingOf(side, all));
  sums.add(part[side], side === "source" ? part.forwardRank : part.backwardRank, part.cosine);
  return sums.means();
}
