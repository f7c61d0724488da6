import { OptionError } from "../../errors.js";
import type { PartName, Rescorer } from "../../rescore/rescorer.js";
import { rescorePairs } from "../../steps/pairs/rescore-pairs.js";
import type { Run } from "../../steps/runs/run.js";
import { option, say } from "../../wording.js";
import { BITEXT, type BitextSides, NO_TEXT } from "./bitext-stage.js";
import type { ScoreSettings } from "./options.js";
import { RESCORES, type Rescore, type ScoresPairs } from "./pair-scorer.js";

/** @throws OptionError if a part is asked for that the re-scorer does not have */
export function checkParts(
  rescorer: Rescorer | undefined,
  { score, add }: Pick<ScoreSettings, "score" | "add">,
): void {
  if (rescorer === undefined) return;
  const parts: readonly string[] = [...rescorer.parts, "rescore"];
  const unknown = [score, ...add].find(
    (name) => (RESCORES as readonly string[]).includes(name) && !parts.includes(name),
  );
  if (unknown === undefined) return;
  const name = unknown === score ? "score" : "add";
  throw new OptionError(
    say`${option(name, unknown)} asks for a part of BGE-M3's score; ${rescorer.space} gives one score, rescore.`,
    { advice: "Leave it out." },
  );
}

/** Re-scores the pairs of a bitext, each pair of texts once; adds what that gives to the scores that pairs have. */
export async function rescoreBitext(
  { sides, numbers }: BitextSides,
  rescorer: Rescorer,
  { read, signal, onEvent }: ScoreSettings,
  run: Run,
): Promise<(scorer: ScoresPairs) => ScoresPairs> {
  const { list, place } = distinctPairs(numbers);
  const { onError } = read;
  const rescores = await rescorePairs(
    { sides, list, rescorer },
    { onError, signal, onEvent, from: [BITEXT] },
    run,
  );
  const parts = RESCORES.filter((name): name is Rescore & PartName =>
    (rescorer.parts as string[]).includes(name),
  );
  const of = (pair: number) => ({
    rescore: rescores.score(pair),
    ...Object.fromEntries(parts.map((name) => [name, rescores.part(pair, name)])),
  });
  return (scorer) => ({
    pairs: scorer.pairs,
    score: (pair) => ({ ...scorer.score(pair), ...(place[pair] === NO_TEXT ? {} : of(place[pair])) }),
  });
}

/** Pairs of two texts, each once, by source, then target; and the place there of each pair, `NO_TEXT` for a blank one. */
function distinctPairs({ source, target }: BitextSides["numbers"]) {
  const filled = Uint32Array.from(source.keys())
    .filter((pair) => source[pair] !== NO_TEXT && target[pair] !== NO_TEXT)
    .sort((a, b) => source[a] - source[b] || target[a] - target[b]);
  const place = new Uint32Array(source.length).fill(NO_TEXT);
  const firsts: number[] = [];
  for (const pair of filled) {
    const last = firsts.at(-1);
    if (last === undefined || source[last] !== source[pair] || target[last] !== target[pair])
      firsts.push(pair);
    place[pair] = firsts.length - 1;
  }
  const pick = (column: Uint32Array) => Uint32Array.from(firsts, (pair) => column[pair]);
  return { list: { source: pick(source), target: pick(target) }, place };
}
