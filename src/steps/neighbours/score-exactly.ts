import type { BothWays } from "../../search/both-ways.js";
import { joinNeighbours } from "../../search/candidates.js";
import { rescore } from "../../search/rescore.js";
import type { Sides } from "../texts/side.js";
import type { Neighbourhood } from "../vectors/few-sides.js";
import type { Collapsed } from "./collapse-sides.js";
import { guardCopies } from "./copy-guard.js";
import type { SearchSettings } from "./find-options.js";
import type { Found, SearchFacts } from "./found.js";
import type { SearchedVectors } from "./indexes/index-options.js";
import type { PreparedSides } from "./prepare-sides.js";

/** What was searched. */
export interface SearchedSides {
  sides: Sides;
  prepared: PreparedSides;
  /** What is left of these where near-duplicates are collapsed. */
  collapsed?: Collapsed;
}

interface ScoreOptions extends Neighbourhood, Pick<SearchSettings, "guard"> {
  /** Rows that are held at once. @default all */
  heldRows?: number;
}

/** Scores neighbours exactly, keeps each sentence's k nearest, and joins both directions into one table of pairs. */
export async function scoreExactly(
  neighbours: BothWays,
  { sides, prepared, collapsed }: SearchedSides,
  { k, boundedK, guard, heldRows }: ScoreOptions,
): Promise<Found> {
  const { source, target } = collapsed?.searched ?? prepared;
  const copyGuard = guard === "copies" ? await guardCopies(sides) : undefined;
  const copies = new Set<string>();
  const isCopy = (x: number, y: number) => {
    const copy = copyGuard?.isCopy(source.rowNumbers[x], target.rowNumbers[y]) ?? false;
    if (copy) copies.add(`${x} ${y}`);
    return copy;
  };
  const exact = {
    forward: rescore(neighbours.forward, source.vectors, target.vectors, { k, excluded: isCopy, heldRows }),
    backward: rescore(neighbours.backward, target.vectors, source.vectors, {
      k,
      excluded: (y, x) => isCopy(x, y),
      heldRows,
    }),
  };
  const rows = { source: source.rowNumbers, target: target.rowNumbers };
  const sentences = { source: sides.source.texts.length, target: sides.target.texts.length };
  const joined = joinNeighbours(exact, rows, sentences);
  const { space, centre } = prepared;
  const leftOut = countLeftOut(sides, prepared, collapsed?.searched);
  return {
    candidates: { ...joined, ...(boundedK && { boundedK }) },
    facts: { space, centre, copies: copies.size, ...leftOut },
    groups: collapsed?.groups,
  };
}

/** Sentences that were not searched, and why. */
function countLeftOut(
  { source, target }: Sides,
  prepared: SearchedVectors,
  collapsed?: SearchedVectors,
): Pick<SearchFacts, "zeroVectors" | "nearDuplicates"> {
  return {
    zeroVectors: {
      source: source.texts.length - prepared.source.vectors.rows,
      target: target.texts.length - prepared.target.vectors.rows,
    },
    nearDuplicates: collapsed && {
      source: prepared.source.vectors.rows - collapsed.source.vectors.rows,
      target: prepared.target.vectors.rows - collapsed.target.vectors.rows,
    },
  };
}
