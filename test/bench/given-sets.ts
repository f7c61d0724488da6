import { randomNumbers } from "../../src/statistics/random-numbers.js";

/** A pair of a bitext, and whether its sides translate each other. */
export interface LabelledPair {
  source: string;
  target: string;
  right: boolean;
}

/** How the wrong pairs of a bitext came to be there. */
export const WRONG_KINDS = ["mined", "shuffled", "shifted", "both"] as const;
export type WrongKind = (typeof WRONG_KINDS)[number];

/** Pairs of which a bitext is made. */
export interface Material {
  /** Pairs that translate each other. */
  gold: readonly LabelledPair[];
  /** What was mined and is wrong. */
  wrong: readonly LabelledPair[];
}

const STRETCH = 10;

/**
 * A bitext in which a share of the pairs is right. The others were mined; or are right ones whose targets were shuffled; or
 * stand in stretches of ten lines whose targets are those of the next line; or are mined and shuffled, as many of each.
 */
export function givenSet({ gold, wrong }: Material, kind: WrongKind, share: number): LabelledPair[] {
  const next = randomNumbers(Math.round(100 * share));
  if (kind === "shifted") return shiftStretches(gold, share, next);
  const mined = kind === "mined" ? 1 - share : kind === "both" ? (1 - share) / 2 : 0;
  const size = Math.floor(Math.min(gold.length / (1 - mined), wrong.length / mined));
  const drawn = shuffle(gold, next).slice(0, Math.round(size * (1 - mined)));
  const right = Math.round(size * share);
  const strange = turnTargets(drawn.slice(right));
  return shuffle(
    [...drawn.slice(0, right), ...strange, ...shuffle(wrong, next).slice(0, Math.round(size * mined))],
    next,
  );
}

function shiftStretches(gold: readonly LabelledPair[], share: number, next: () => number): LabelledPair[] {
  const shifted = turnTargets(gold);
  const stretches = Array.from({ length: Math.ceil(gold.length / STRETCH) }, () => next() < share);
  return gold.map((pair, line) => (stretches[Math.floor(line / STRETCH)] ? pair : shifted[line]));
}

/** Gives each pair the target of the next one. */
function turnTargets(pairs: readonly LabelledPair[]): LabelledPair[] {
  return pairs.map(({ source }, line) => ({
    source,
    target: pairs[(line + 1) % pairs.length].target,
    right: false,
  }));
}

function shuffle<T>(values: readonly T[], next: () => number): T[] {
  const shuffled = [...values];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const other = Math.floor(next() * (i + 1));
    [shuffled[i], shuffled[other]] = [shuffled[other], shuffled[i]];
  }
  return shuffled;
}
