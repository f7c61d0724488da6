import { createHash } from "node:crypto";
import type { Split } from "../../train/held-out.js";
import type { Candidates, SideName, Texts } from "../../types.js";
import type { Side } from "../side.js";
import type { ChosenPairs } from "./choose-round.js";
import type { Plan } from "./plan.js";

/** Pairs of one pair of languages to train on. */
export interface BitextPart {
  /** `de-en`. */
  name: string;
  source: Texts;
  target: Texts;
  /** Pair i is source text `sources[i]` with target text `targets[i]`. */
  sources: Uint32Array;
  targets: Uint32Array;
  /** Numbers of the two texts, as the loop counts them. */
  numbers: Record<SideName, number>;
  /** Each sentence's nearest, of which the pairs were chosen. */
  candidates: Candidates;
}

export interface Bitext {
  parts: BitextPart[];
  /** SHA-256 of all of its texts, pairs and candidates. */
  hash: string;
}

/**
 * Gathers what a round trains on: of its best pairs those that are not held out. Languages with fewer than two have
 * nothing to contrast and are left out.
 */
export function gatherBitext(
  plan: Plan,
  texts: readonly Side[],
  chosen: readonly ChosenPairs[],
  splits: readonly Split[],
): Bitext {
  const hash = createHash("sha256");
  const parts: BitextPart[] = [];
  for (const [i, { name, source, target }] of plan.pairs.entries()) {
    const { candidates, training: best } = chosen[i];
    const training = splits[i].training.map((pair) => best[pair]);
    if (training.length < 2) continue;
    const sources = Uint32Array.from(training, (candidate) => candidates.source[candidate]);
    const targets = Uint32Array.from(training, (candidate) => candidates.target[candidate]);
    parts.push({
      name,
      source: texts[source].texts,
      target: texts[target].texts,
      sources,
      targets,
      numbers: { source, target },
      candidates,
    });
    hash.update(`${name} ${texts[source].textHash} ${texts[target].textHash} ${training.length}\n`);
    hash.update(sources).update(targets);
    hash.update(candidates.source).update(candidates.target).update(candidates.cosine);
  }
  return { parts, hash: hash.digest("hex") };
}
