import { noticeOrder } from "../../steps/bitexts/notice-order.js";
import { changed, type RereadBitext } from "../../steps/bitexts/read-twice.js";
import type { Pair } from "../../types/bitexts.js";
import { openPairs, type PairOutput } from "../../write/pairs/open-pairs.js";
import type { ScoreSettings, ScoreSummary } from "./options.js";
import type { ScoresPairs } from "./pair-scorer.js";
import { pickScores, reaches, scoreOf, summariseScores, type ToldScores } from "./summarise-scores.js";

/** How pairs are written. */
interface WriteSettings extends Omit<ScoreSettings, "threshold" | "precision"> {
  /** Only pairs that reach it are written. @default all */
  threshold?: number;
}

/** The second pass: every pair that reaches the threshold again, with its score. */
export async function writeScored(
  bitext: RereadBitext,
  output: PairOutput,
  scorer: ScoresPairs,
  { write, score, add, threshold, signal, onEvent }: WriteSettings,
): Promise<ToldScores & Pick<ScoreSummary, "pairs" | "unitsWithoutBoth">> {
  await using sink = openPairs(output, { onNote: onEvent, ...write, signal });
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
    await sink.write(scored.filter(({ score }) => reaches(score!, threshold)));
    onEvent({ kind: "progress", stage: "write", done: pairs, total: scorer.pairs, unit: "pairs" });
  }
  if (pairs !== scorer.pairs) throw changed(bitext.name, scorer.pairs, pairs);
  await sink.finish();
  return { pairs, unitsWithoutBoth, ...summariseScores(scores, threshold) };
}
