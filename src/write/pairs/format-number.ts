import type { Pair } from "../../types/bitexts.js";

/** A score with six decimals, or with all its digits, if the input gave it and it has more. */
export function formatScore(score: number, inputScore: Pair["inputScore"]): string {
  const rounded = score.toFixed(6);
  return score === inputScore && Number(rounded) !== score ? String(score) : rounded;
}

/** A number that is not whole with six decimals. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6);
}
