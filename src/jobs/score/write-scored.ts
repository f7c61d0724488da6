import { noticeOrder } from "../../steps/bitexts/notice-order.js";
import { changed, type RereadBitext } from "../../steps/bitexts/read-twice.js";
import type { Pair } from "../../types/bitexts.js";
import { openPairs, type PairOutput } from "../../write/pairs/open-pairs.js";
import type { ScoreSettings, ScoreSummary } from "./options.js";
import type { ScoresPairs } from "./pair-scorer.js";
import { pickScores, scoreOf, summariseScores } from "./summarise-scores.js";

/** The second pass: every pair again, with its score. */
export async function writeScored(
  bitext: RereadBitext,
  output: PairOutput,
  scorer: ScoresPairs,
  { write, score, add, signal, onEvent }: ScoreSettings,
): Promise<Pick<ScoreSummary, "pairs" | "unscored" | "unitsWithoutBoth" | "scores" | "distribution">> {
  await using sink = openPairs(output, { ...write, signal });
  const scores = new Float64Array(scorer.pairs);
  let [pairs, unitsWithoutBoth] = [0, 0];
  const onLeftOut = (what: "unit" | "variant") => {
    if (what === "unit") unitsWithoutBoth++;
  };
  for await (const batch of noticeOrder(bitext.read({ onLeftOut }), write?.languages, onEvent)) {
    const scored = batch.map((pair): Pair => {
      const found = scorer.score(pairs);
      scores[pairs] = scoreOf(found, score);
      return { ...pair, score: scores[pairs++], added: { ...pair.added, ...pickScores(found, add) } };
    });
    await sink.write(scored);
    onEvent({ kind: "progress", stage: "write", done: pairs, total: scorer.pairs, unit: "pairs" });
  }
  if (pairs !== scorer.pairs) throw changed(bitext.name, scorer.pairs, pairs);
  await sink.finish();
  return { pairs, unitsWithoutBoth, ...summariseScores(scores) };
}
