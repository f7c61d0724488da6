import { InputError, OptionError } from "../../../errors.js";
import { NO_CHOICE } from "../../../select/best.js";
import type { Side, Sides } from "../../../steps/texts/side.js";
import type { Candidates } from "../../../types/neighbours.js";
import type { SideName } from "../../../types/texts.js";
import { option, type Remark, say } from "../../../wording.js";
import { type GoldPairs, readGold } from "../../evaluate/gold.js";
import type { Plan } from "../plan.js";
import type { ChosenPairs } from "../rounds/choose-round.js";

/** Pairs of texts that are known to be true, by the texts' numbers. */
export interface LoopGold {
  /** How many there are. */
  size: number;
  isGold(candidates: Candidates, candidate: number): boolean;
  /** Of gold's sources the share whose choice is gold. */
  precisionAt1(chosen: ChosenPairs): number;
}

/** @throws OptionError for a pair that is not mined */
export function checkPairNames(
  given: Readonly<Record<string, Readonly<Record<string, string>>>>,
  plan: Plan,
): void {
  for (const [name, files] of Object.entries(given)) {
    const unknown = Object.keys(files).find((pair) => plan.pairs.every((mined) => mined.name !== pair));
    if (unknown === undefined) continue;
    const names = plan.pairs.map((pair) => pair.name).join(", ");
    throw new OptionError(say`${option(name)} is given for ${unknown}; expected one of ${names}.`);
  }
}

/**
 * Reads true pairs of lines, a file a pair of languages.
 *
 * @throws InputError if a line is no pair of lines of the texts
 */
export async function readLoopGold(
  files: Readonly<Record<string, string>>,
  { plan, texts, onNote }: { plan: Plan; texts: readonly Side[]; onNote?: (note: Remark) => void },
): Promise<(LoopGold | undefined)[]> {
  const gold: (LoopGold | undefined)[] = [];
  for (const { name, source, target } of plan.pairs)
    gold.push(
      files[name] === undefined
        ? undefined
        : goldOf(await readGold(files[name], onNote), files[name], {
            source: texts[source],
            target: texts[target],
          }),
    );
  return gold;
}

function goldOf(gold: GoldPairs, path: string, { source, target }: Sides): LoopGold {
  const pairs = pairTexts(gold, path, { source: numberLines(source), target: numberLines(target) });
  const isGold = (candidates: Candidates, candidate: number) =>
    pairs.get(candidates.source[candidate])?.has(candidates.target[candidate]) ?? false;
  return {
    size: [...pairs.values()].reduce((sum, targets) => sum + targets.size, 0),
    isGold,
    precisionAt1: ({ candidates, forward }) => {
      let right = 0;
      for (const text of pairs.keys()) {
        const choice = forward[text];
        if (choice !== NO_CHOICE && isGold(candidates, choice)) right++;
      }
      return right / pairs.size;
    },
  };
}

/** By line the number of its text and 1 more; 0 where there is none. Memory: 4 bytes a line. */
type TextOfLine = { name: string; texts: Uint32Array; lastLine: number };

function numberLines({ name, texts, places, counts }: Side): TextOfLine {
  const numbers = new Uint32Array(counts.lastLine + 1);
  for (let text = 0; text < texts.length; text++)
    for (const line of places.lines(text)) numbers[line] = text + 1;
  return { name, texts: numbers, lastLine: counts.lastLine };
}

/** Lines that were left out as blank, short or long cannot be found; they do not count. */
function pairTexts(
  gold: GoldPairs,
  path: string,
  { source, target }: Record<SideName, TextOfLine>,
): Map<number, Set<number>> {
  const pairs = new Map<number, Set<number>>();
  for (const pair of gold) {
    const [x, y] = pair.split("\t").map((line, side) => textOf(line, path, side === 0 ? source : target));
    if (x === undefined || y === undefined) continue;
    pairs.set(x, (pairs.get(x) ?? new Set()).add(y));
  }
  if (pairs.size === 0) throw new InputError({ path }, "none of its lines is a sentence of the texts.");
  return pairs;
}

function textOf(line: string, path: string, { name, texts, lastLine }: TextOfLine): number | undefined {
  const number = /^\d+$/.test(line) ? Number(line) : 0;
  if (!(number >= 1 && number <= lastLine))
    throw new InputError({ path }, `names line ${line}, but ${name} has lines 1 to ${lastLine}.`);
  return texts[number] === 0 ? undefined : texts[number] - 1;
}
