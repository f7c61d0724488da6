import { createHash } from "node:crypto";
import { InputError } from "../../../errors.js";
import type { JobListeners } from "../../../events.js";
import { readPairs } from "../../../read/pairs/read-pairs.js";
import { listedTexts } from "../../../text/listed-texts.js";
import type { Texts } from "../../../types/texts.js";
import type { Plan } from "../plan.js";

/** Translations that the user knows, of sentences or of words, between two languages of the loop. */
export interface SeedPairs {
  source: Texts;
  target: Texts;
  /** SHA-256 of them all, in their order. */
  hash: string;
}

/**
 * Reads the user's pairs, a bitext of any kind for a pair of languages. A pair with an empty side is left out.
 *
 * @returns by the numbers of the plan's pairs
 * @throws InputError if a file cannot be read, or has no pair
 */
export async function readSeedPairs(
  files: Readonly<Record<string, string>>,
  plan: Plan,
  listeners: JobListeners,
): Promise<(SeedPairs | undefined)[]> {
  const seeds: (SeedPairs | undefined)[] = [];
  for (const { name } of plan.pairs)
    seeds.push(files[name] === undefined ? undefined : await readOne(files[name], listeners));
  return seeds;
}

async function readOne(path: string, { signal, onEvent }: JobListeners): Promise<SeedPairs> {
  const [sources, targets]: [string[], string[]] = [[], []];
  const hash = createHash("sha256");
  for await (const batch of readPairs(path, { signal, onNote: onEvent }))
    for (const { source, target } of batch) {
      if (source.trim() === "" || target.trim() === "") continue;
      sources.push(source);
      targets.push(target);
      hash.update(`${JSON.stringify([source, target])}\n`);
    }
  if (sources.length === 0)
    throw new InputError({ path }, "has no pair; expected a translation in each line, source⇥target.");
  return { source: listedTexts(sources), target: listedTexts(targets), hash: hash.digest("hex") };
}
