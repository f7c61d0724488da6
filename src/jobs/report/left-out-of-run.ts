import type { Counted } from "../../report/model.js";
import type { Found } from "../../steps/neighbours/found.js";
import type { SideCounts, Sides } from "../../steps/texts/side.js";
import type { SideName } from "../../types/texts.js";

/** What of a run's lines and candidates is in no pair, and why. */
export function leftOutOfRun(
  { candidates, facts }: Found,
  sides: Sides,
  { smallBase, ordered }: { smallBase: number; ordered: number },
): Counted[] {
  const side = (name: SideName): Counted[] => [
    ...countedLines(name, sides[name].counts),
    { what: `${name}: sentences without a vector`, count: facts.zeroVectors[name] },
    { what: `${name}: near-duplicates of an earlier sentence`, count: facts.nearDuplicates?.[name] ?? 0 },
    { what: `${name}: sentences in no pair`, count: sides[name].counts.sentences - ordered },
  ];
  return [
    ...side("source"),
    ...side("target"),
    { what: "candidates that are untranslated copies", count: facts.copies },
    { what: "candidates whose neighbourhoods are too far for a ratio", count: smallBase },
    { what: "candidates that were not chosen", count: candidates.length - smallBase - ordered },
  ].filter(({ count }) => count > 0);
}

/** What became of the lines of a side. */
export function countedLines(name: SideName, counts: SideCounts): Counted[] {
  const { blank, tooShort, tooLong, skipped, duplicates } = counts;
  return [
    { what: `${name}: blank lines`, count: blank },
    { what: `${name}: lines too short`, count: tooShort },
    { what: `${name}: lines too long`, count: tooLong },
    { what: `${name}: lines that could not be read`, count: skipped },
    { what: `${name}: lines whose text had come before`, count: duplicates },
  ].filter(({ count }) => count > 0);
}
