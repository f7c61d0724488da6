import type { RepeatedText, ReportPart } from "../../report/model.js";
import type { Sides } from "../../steps/texts/side.js";
import type { Candidates } from "../../types/neighbours.js";
import type { Texts } from "../../types/texts.js";
import { mostOften } from "./most-often.js";

/** Sentences that are among the k nearest of so many others are no hubs yet. */
const USUAL = 2;

/** Of each side the sentences that are among the k nearest of most sentences of the other side. */
export function findHubs(sides: Sides, candidates: Candidates): ReportPart["hubs"] {
  const { k, source, target, forwardRank, backwardRank } = candidates;
  const hubs = (texts: Texts, sentences: Uint32Array, ranks: Uint16Array): RepeatedText[] => {
    const times = new Uint32Array(texts.length);
    for (let candidate = 0; candidate < sentences.length; candidate++)
      if (ranks[candidate] > 0) times[sentences[candidate]]++;
    return mostOften(times, texts, USUAL * k + 1);
  };
  return {
    source: hubs(sides.source.texts, source, backwardRank),
    target: hubs(sides.target.texts, target, forwardRank),
  };
}
