import type { PairsAround, ScoredPair } from "../src/index.js";
import { printable } from "../src/text/printable.js";
import { count } from "./count.js";

const DECIMALS = 6;

/** The pairs on both sides of a threshold: a text below the other, and a line where the threshold is. */
export function describeAround({ above, below, kept, left }: PairsAround, threshold: number): string {
  const here = `${threshold.toFixed(DECIMALS)}  ──── ${count(kept, "pair")} kept, ${left} left out ────`;
  return `${[...above.map(describePair), here, ...below.map(describePair)].join("\n\n")}\n`;
}

function describePair({ score, source, target }: ScoredPair): string {
  const scored = score.toFixed(DECIMALS);
  return `${scored}  ${printable(source.text)}\n${" ".repeat(scored.length)}  ${printable(target.text)}`;
}
