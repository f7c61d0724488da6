import { createHash } from "node:crypto";
import type { Side } from "../../../steps/texts/side.js";
import { copyKey } from "../../../text/copy-key.js";
import type { Split } from "../../../train/held-out.js";
import type { Candidates } from "../../../types/neighbours.js";
import type { SideName, Texts } from "../../../types/texts.js";
import type { SeedPairs } from "../begin/seed-pairs.js";
import type { Plan } from "../plan.js";
import type { ChosenPairs } from "./choose-round.js";

/** Pairs of one pair of languages to train on. */
export interface BitextGroup {
  /** `de-en`. */
  name: string;
  source: Texts;
  target: Texts;
  /** Numbers of the two texts, as the loop counts them. */
  numbers: Record<SideName, number>;
  /** What to train on, from the highest margin. */
  training: TextPairs;
  /** Pairs that show how good an encoder is; training on them would be cheating. */
  heldOut: TextPairs;
  /** The user's own pairs, trained on beside these. */
  seeds?: SeedPairs;
  /** Each sentence's nearest, of which the pairs were chosen. */
  candidates: Candidates;
}

/** Pair i is source text `sources[i]` with target text `targets[i]`. */
export interface TextPairs {
  sources: Uint32Array;
  targets: Uint32Array;
}

export interface Bitext {
  groups: BitextGroup[];
  /** SHA-256 of all of its texts, pairs and candidates. */
  hash: string;
}

interface PlannedTexts {
  plan: Plan;
  seeds: readonly (SeedPairs | undefined)[];
  texts: readonly Side[];
}

/**
 * Gathers what a round trains on: its best pairs without those that are held out, here or in another pair of languages,
 * since two dialects, or two texts that differ in punctuation, may have the same pair. A pair of languages with fewer
 * than two pairs has nothing to contrast and is left out.
 */
export function gatherBitext(
  { plan, seeds, texts }: PlannedTexts,
  chosen: readonly ChosenPairs[],
  splits: readonly Split[],
): Bitext {
  const isHeldOut = knowHeldOut({ plan, texts }, chosen, splits);
  const hash = createHash("sha256");
  const groups: BitextGroup[] = [];
  for (const [i, { name, source, target }] of plan.pairs.entries()) {
    const { candidates, training: best } = chosen[i];
    const pairsOf = (numbers: Uint32Array): TextPairs => ({
      sources: numbers.map((pair) => candidates.source[best[pair]]),
      targets: numbers.map((pair) => candidates.target[best[pair]]),
    });
    const training = pairsOf(
      splits[i].training.filter(
        (pair) => !isHeldOut(i, candidates.source[best[pair]], candidates.target[best[pair]]),
      ),
    );
    if (training.sources.length < 2 && !seeds[i]) continue;
    const heldOut = pairsOf(splits[i].heldOut);
    groups.push({
      name,
      source: texts[source].texts,
      target: texts[target].texts,
      numbers: { source, target },
      training,
      heldOut,
      seeds: seeds[i],
      candidates,
    });
    hash.update(`${name} ${texts[source].textHash} ${texts[target].textHash}`);
    if (seeds[i]) hash.update(` seeds ${seeds[i].hash}`);
    for (const { sources, targets } of [training, heldOut])
      hash.update(` ${sources.length}\n`).update(sources).update(targets);
    hash.update(candidates.source).update(candidates.target).update(candidates.cosine);
  }
  return { groups, hash: hash.digest("hex") };
}

/**
 * Knows which pairs are held out of any pair of languages, by the letters and digits of their texts, whichever is the
 * source.
 */
function knowHeldOut(
  { plan, texts }: Omit<PlannedTexts, "seeds">,
  chosen: readonly ChosenPairs[],
  splits: readonly Split[],
): (pair: number, x: number, y: number) => boolean {
  const partners = new Map<string, Set<string>>();
  const keyOf = (side: Side, text: number) => copyKey(side.texts.get(text));
  const add = (from: string, to: string) => partners.set(from, (partners.get(from) ?? new Set()).add(to));
  for (const [i, { source, target }] of plan.pairs.entries()) {
    const { candidates, training } = chosen[i];
    for (const pair of splits[i].heldOut) {
      const x = keyOf(texts[source], candidates.source[training[pair]]);
      const y = keyOf(texts[target], candidates.target[training[pair]]);
      add(x, y);
      add(y, x);
    }
  }
  return (pair, x, y) => {
    const { source, target } = plan.pairs[pair];
    return partners.get(keyOf(texts[source], x))?.has(keyOf(texts[target], y)) ?? false;
  };
}
