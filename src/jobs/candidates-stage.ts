import type { BothWays } from "../search/both-ways.js";
import { joinNeighbours } from "../search/candidates.js";
import { rescore } from "../search/rescore.js";
import { dropZeroRows, type NonZeroRows } from "../search/zero-rows.js";
import { readCandidates, writeCandidates } from "../store/candidate-files.js";
import { type Groups, readGroups, writeGroups } from "../store/group-files.js";
import type { Key } from "../store/manifest.js";
import type { Stage } from "../store/stage.js";
import type { Candidates, SideName } from "../types.js";
import { centreRows } from "./centre-rows.js";
import { checkSpaces } from "./check-spaces.js";
import { guardCopies } from "./copy-guard.js";
import type { JobEvent } from "./events.js";
import type { Side, Sides } from "./side.js";
import type { SideVectors } from "./vectors-stage.js";

/** More neighbours are searched than kept: the exact order may differ at the edge, and guarded copies drop out. */
export const EXTRA_NEIGHBOURS = 4;

export interface SearchFacts {
  /** The encoder's space. */
  space: string;
  /** Whether each side's mean was subtracted. */
  centre: boolean;
  /** Sentences of each side without any feature. */
  zeroVectors: Record<SideName, number>;
  /** Pairs that the guard against copies kept out. */
  copies: number;
  /** Sentences of each side that another one stood for; absent where near-duplicates are not collapsed. */
  nearDuplicates?: Record<SideName, number>;
}

export interface Found {
  candidates: Candidates;
  facts: SearchFacts;
  /** Which sentences stand for which, where near-duplicates are collapsed. */
  groups?: Groups;
}

export type SearchedVectors = Record<SideName, NonZeroRows>;

export interface CandidateOptions {
  k: number;
  guard?: "copies";
  /** Subtract each side's mean from its vectors. */
  centre?: boolean;
  onEvent: (event: JobEvent) => void;
}

/** Vectors of which some stand for others. */
export interface Collapsed {
  searched: SearchedVectors;
  groups?: Groups;
}

export interface CandidateSources {
  /** Both sides' vectors; not asked for where the candidates were kept. */
  vectors(): Promise<Record<SideName, SideVectors>>;
  /** Finds neighbours, perhaps with approximate cosines. */
  search(vectors: SearchedVectors, k: number): Promise<BothWays>;
  /** Leaves one of each side's near-duplicates. @default all are searched */
  collapse?(sides: Sides, vectors: SearchedVectors): Promise<Collapsed>;
}

/**
 * Each sentence's k nearest of the other side, exactly scored, as one table of pairs.
 *
 * @param key what the neighbours depend on beside the options
 */
export function candidatesStage(
  sides: Sides,
  key: Key,
  { k, guard, centre = false, onEvent }: CandidateOptions,
  { vectors, search, collapse }: CandidateSources,
): Stage<Found> {
  return {
    name: "candidates",
    key: candidatesKey(key, { k, guard }),
    make: async () => {
      const given = await vectors();
      const prepared = prepareSides(sides, given, { centre, onEvent });
      const { searched, groups }: Collapsed = (await collapse?.(sides, prepared)) ?? { searched: prepared };
      warnOfClippedK(k, searched, onEvent);
      const found = await search(searched, k + EXTRA_NEIGHBOURS);
      const exact = await scoreExactly(sides, searched, found, k, guard);
      const { candidates, facts } = describe(
        sides,
        searched,
        { space: given.source.info.space, centre },
        exact,
      );
      return {
        candidates,
        facts: { ...facts, ...countLeftOut(sides, prepared, groups && searched) },
        groups,
      };
    },
    save: async ({ candidates, facts, groups }, folder) => {
      await writeGroups(folder, groups);
      await writeCandidates(folder, candidates, facts);
    },
    load: async (folder) => {
      const { candidates, facts } = await readCandidates<SearchFacts>(folder);
      // Of an earlier version they do not tell it.
      return { candidates, facts: { ...facts, centre }, groups: readGroups(folder) };
    },
  };
}

/** Makes both sides' vectors comparable, and leaves out what can match nothing. */
export function prepareSides(
  sides: Sides,
  { source, target }: Record<SideName, SideVectors>,
  { centre = false, onEvent }: Pick<CandidateOptions, "centre" | "onEvent">,
): SearchedVectors {
  checkSpaces(source.info, target.info);
  const prepare = ({ info, load }: SideVectors, { name }: Side) => {
    const vectors = { ...info, data: load() };
    centreRows(vectors, { ...info, centre, name, onEvent });
    return dropZeroRows(vectors);
  };
  return { source: prepare(source, sides.source), target: prepare(target, sides.target) };
}

/** What a run's neighbours depend on, given what its vectors and its index depend on. */
export function candidatesKey(key: Key, { k, guard }: Pick<CandidateOptions, "k" | "guard">): Key {
  return { ...key, k, guard };
}

/** Tells where neighbourhoods cannot be as large as they should. */
export function warnOfClippedK(
  k: number,
  { source, target }: SearchedVectors,
  onEvent: CandidateOptions["onEvent"],
): void {
  const smaller = Math.min(source.vectors.rows, target.vectors.rows);
  if (k <= smaller) return;
  onEvent({
    kind: "warning",
    message: `k is ${k}, but a side has only ${smaller} sentences to search: neighbourhoods are as large as that.`,
  });
}

async function scoreExactly(
  sides: Sides,
  { source, target }: SearchedVectors,
  found: BothWays,
  k: number,
  guard?: "copies",
): Promise<{ exact: BothWays; copies: number }> {
  const copyGuard = guard === "copies" ? await guardCopies(sides) : undefined;
  const copies = new Set<string>();
  const isCopy = (x: number, y: number) => {
    const copy = copyGuard?.isCopy(source.rowNumbers[x], target.rowNumbers[y]) ?? false;
    if (copy) copies.add(`${x} ${y}`);
    return copy;
  };
  const exact = {
    forward: rescore(found.forward, source.vectors, target.vectors, k, isCopy),
    backward: rescore(found.backward, target.vectors, source.vectors, k, (y, x) => isCopy(x, y)),
  };
  return { exact, copies: copies.size };
}

function describe(
  sides: Sides,
  { source, target }: SearchedVectors,
  { space, centre }: Pick<SearchFacts, "space" | "centre">,
  { exact, copies }: { exact: BothWays; copies: number },
): { candidates: Candidates; facts: Omit<SearchFacts, "zeroVectors"> } {
  const sentences = { source: sides.source.texts.length, target: sides.target.texts.length };
  const rows = { source: source.rowNumbers, target: target.rowNumbers };
  return {
    candidates: joinNeighbours(exact, rows, sentences),
    facts: { space, centre, copies },
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
