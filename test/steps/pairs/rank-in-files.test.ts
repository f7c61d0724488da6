import { mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { scoreMargin } from "../../../src/score/margin.js";
import { joinNeighbours } from "../../../src/search/candidates.js";
import { selectPairs } from "../../../src/select/select.js";
import { settleChoice } from "../../../src/steps/pairs/choose.js";
import { rankInFiles } from "../../../src/steps/pairs/rank-in-files.js";
import { type Ranking, rankInMemory } from "../../../src/steps/pairs/ranking.js";
import { writeCandidates } from "../../../src/store/corpus/candidate-files.js";
import { CandidateFiles } from "../../../src/store/corpus/read-candidates.js";
import type { Neighbours } from "../../../src/types/neighbours.js";
import { MARGINS, RETRIEVALS } from "../../../src/types/pairs.js";
import { randomNumbers } from "../../random.js";
import { temporaryFolder } from "../../temporary-folder.js";

const SIZES = { source: 300, target: 270 };
const K = 3;

/** Cosines of 0.01 to 0.5, in steps that make many of them equal; of each source with its own target, more. */
function randomCandidates() {
  const random = randomNumbers(7);
  const cosines = Array.from({ length: SIZES.source }, (_, x) =>
    Array.from(
      { length: SIZES.target },
      (_, y) => (1 + Math.floor(50 * random())) / 100 + (x === y ? 0.4 : 0),
    ),
  );
  const nearest = (
    rows: number,
    others: number,
    cosine: (row: number, other: number) => number,
  ): Neighbours => {
    const lists = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: others }, (_, other) => other)
        .sort((a, b) => cosine(row, b) - cosine(row, a) || a - b)
        .slice(0, K),
    );
    return {
      rows,
      k: K,
      indices: Uint32Array.from(lists.flat()),
      cosines: Float32Array.from(lists.flatMap((list, row) => list.map((other) => cosine(row, other)))),
    };
  };
  const forward = nearest(SIZES.source, SIZES.target, (x, y) => cosines[x][y]);
  const backward = nearest(SIZES.target, SIZES.source, (y, x) => cosines[x][y]);
  // Every third sentence is one that has no vector.
  const rows = {
    source: Uint32Array.from({ length: SIZES.source }, (_, row) => row + Math.floor(row / 2)),
    target: Uint32Array.from({ length: SIZES.target }, (_, row) => row + Math.floor(row / 2)),
  };
  return joinNeighbours({ forward, backward }, rows, { source: 450, target: 405 });
}

const contentOf = ({ scores, at }: Ranking) =>
  Array.from({ length: scores.length }, (_, rank) => {
    const { margin, source, target, score, cosine, forwardRank, backwardRank } = at(rank);
    return [source, target, score, margin, cosine, forwardRank, backwardRank];
  });

const candidates = randomCandidates();

for (const memoryBytes of [2 ** 20, 640])
  for (const margin of MARGINS)
    test(`candidates in files are ranked as in memory: by ${margin}, with ${memoryBytes} bytes`, async (t) => {
      const folder = temporaryFolder(t);
      await writeCandidates(folder, candidates, {});
      using files = (await CandidateFiles.open(folder)).candidates;
      // A re-scorer would like every other one, the last most.
      const rescored = Float64Array.from(candidates.source, (_, i) => (i % 2 === 0 ? i : Number.NaN));
      const choices = RETRIEVALS.map((retrieval) => ({ retrieval, secondChoice: false }));
      for (const [i, choice] of [...choices, { secondChoice: true }].entries())
        for (const given of [undefined, rescored]) {
          const settings = settleChoice({ ...choice, margin });
          const { values, dropped } = scoreMargin(candidates, margin);
          const scores = given ?? values;
          const { ordered } = selectPairs(candidates, scores, choice);
          const chosen = { ...settings, candidates, scores, ordered, margin: given ? undefined : margin };
          const expected = rankInMemory(chosen, given && values);
          const work = join(folder, `${i}-${given !== undefined}`);
          mkdirSync(work);
          const column = given && {
            readInto: (first: number, values: Float64Array) =>
              values.set(given.subarray(first, first + values.length)),
          };
          using found = rankInFiles(files, settings, { folder: work, memoryBytes, rescored: column });
          t.true(ordered.length > 100);
          t.is(found.dropped, dropped);
          t.deepEqual(contentOf(found.ranking), contentOf(expected));
          t.deepEqual([...found.ranking.scores], [...expected.scores]);
          if (choice.secondChoice || i < 5) t.deepEqual(found.ranking.estimate(), expected.estimate());
        }
    });
