import { createHash } from "node:crypto";
import type { Split } from "../../train/held-out.js";
import type { Texts } from "../../types.js";
import type { Side } from "../side.js";
import type { ChosenPairs } from "./choose-round.js";
import type { Plan } from "./plan.js";

/** Pairs of one pair of languages to train on. */
export interface BitextPart {
  /** `de-en`. */
  name: string;
  source: Texts;
  target: Texts;
  /** What to train on, from the highest margin. */
  training: TextPairs;
  /** Pairs to tell a good encoder by; to train on them is to cheat. */
  heldOut: TextPairs;
}

/** Pair i is source text `sources[i]` with target text `targets[i]`. */
export interface TextPairs {
  sources: Uint32Array;
  targets: Uint32Array;
}

export interface Bitext {
  parts: BitextPart[];
  /** SHA-256 of all of its texts. */
  hash: string;
}

/**
 * Gathers what a round trains on, of its best pairs. Languages with fewer than two that are not held out have nothing to
 * contrast and are left out.
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
    if (splits[i].training.length < 2) continue;
    const pairsOf = (numbers: Uint32Array): TextPairs => ({
      sources: numbers.map((pair) => candidates.source[best[pair]]),
      targets: numbers.map((pair) => candidates.target[best[pair]]),
    });
    const [training, heldOut] = [pairsOf(splits[i].training), pairsOf(splits[i].heldOut)];
    parts.push({ name, source: texts[source].texts, target: texts[target].texts, training, heldOut });
    hash.update(`${name} ${texts[source].textHash} ${texts[target].textHash}`);
    for (const { sources, targets } of [training, heldOut])
      hash.update(` ${sources.length}\n`).update(sources).update(targets);
  }
  return { parts, hash: hash.digest("hex") };
}
