import { createHash } from "node:crypto";
import type { Side } from "../../../steps/texts/side.js";
import { copyKey } from "../../../text/copy-key.js";
import type { Split } from "../../../train/held-out.js";
import type { Candidates } from "../../../types/neighbours.js";
import type { SideName, Texts } from "../../../types/texts.js";
import type { SeedPairs } from "../begin/seed-pairs.js";
import type { Plan } from "../plan.js";
import type { RoundPairs } from "./round-pairs.js";
import { type TextPairs, takePairs } from "./text-pairs.js";

/** Pairs of one pair of languages to train on. */
export interface BitextGroup {
  /** `de-en`. */
  name: string;
  languages: readonly [source: string, target: string];
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
  /** Reads each sentence's nearest, of which the pairs were chosen. */
  candidates(): Promise<Candidates>;
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
 * than two pairs has nothing to contrast and is left out. Memory: 8 bytes a pair, and one pair of languages' candidates.
 */
export async function gatherBitext(
  { plan, seeds, texts }: PlannedTexts,
  pairs: readonly RoundPairs[],
  splits: readonly Split[],
): Promise<Bitext> {
  const isHeldOut = knowHeldOut({ plan, texts }, pairs, splits);
  const hash = createHash("sha256");
  const groups: BitextGroup[] = [];
  for (const [i, { name, languages, source, target }] of plan.pairs.entries()) {
    const { candidates, training: best } = pairs[i];
    const training = takePairs(
      best,
      splits[i].training.filter((pair) => !isHeldOut(i, best.sources[pair], best.targets[pair])),
    );
    if (training.sources.length < 2 && !seeds[i]) continue;
    const heldOut = takePairs(best, splits[i].heldOut);
    groups.push({
      name,
      languages,
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
    await candidates().then((all) => hash.update(all.source).update(all.target).update(all.cosine));
  }
  return { groups, hash: hash.digest("hex") };
}

/**
 * Knows which pairs are held out of any pair of languages, by the letters and digits of their texts, whichever is the
 * source.
 */
function knowHeldOut(
  { plan, texts }: Omit<PlannedTexts, "seeds">,
  pairs: readonly RoundPairs[],
  splits: readonly Split[],
): (pair: number, x: number, y: number) => boolean {
  const partners = new Map<string, Set<string>>();
  const keyOf = (side: Side, text: number) => copyKey(side.texts.get(text));
  const add = (from: string, to: string) => partners.set(from, (partners.get(from) ?? new Set()).add(to));
  for (const [i, { source, target }] of plan.pairs.entries()) {
    const { sources, targets } = pairs[i].training;
    for (const pair of splits[i].heldOut) {
      const x = keyOf(texts[source], sources[pair]);
      const y = keyOf(texts[target], targets[pair]);
      add(x, y);
      add(y, x);
    }
  }
  return (pair, x, y) => {
    const { source, target } = plan.pairs[pair];
    return partners.get(keyOf(texts[source], x))?.has(keyOf(texts[target], y)) ?? false;
  };
}
