import { InputError } from "../errors.js";
import type { PairSide, ScoredPair } from "../types/pairs.js";
import { option, say } from "../wording.js";

/**
 * `id⇥id` lines as the BUCC shared task scores them: a text that stands under several identifiers gives each of them.
 *
 * @throws InputError if a side has no identifiers
 */
export function formatBucc({ source, target }: ScoredPair): string {
  requireIds("source", source);
  requireIds("target", target);
  return source.ids.flatMap((x) => target.ids.map((y) => `${x}\t${y}\n`)).join("");
}

function requireIds(side: string, { ids, lines }: PairSide): void {
  if (ids.length > 0 && !ids.includes("")) return;
  throw new InputError(
    { path: side, line: lines[0] },
    "has no identifier; BUCC output is pairs of identifiers.",
    {
      advice: say`Read the input with ${option("format", "bucc")}, ${option("idColumn")} or ${option("idField")}.`,
    },
  );
}
