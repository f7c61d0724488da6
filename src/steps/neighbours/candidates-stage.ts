import type { JobEvent } from "../../events.js";
import type { BothWays } from "../../search/both-ways.js";
import { joinNeighbours } from "../../search/candidates.js";
import { rescore } from "../../search/rescore.js";
import { readCandidates, writeCandidates } from "../../store/corpus/candidate-files.js";
import { type Groups, readGroups, writeGroups } from "../../store/corpus/group-files.js";
import type { Key } from "../../store/run/manifest.js";
import type { Stage } from "../../store/run/stage.js";
import type { Candidates, SideName } from "../../types.js";
import type { Sides } from "../texts/side.js";
import { checkSpaces } from "../vectors/check-spaces.js";
import { prepareSide } from "../vectors/prepare-side.js";
import type { SideVectors } from "../vectors/vectors-stage.js";
import { guardCopies } from "./copy-guard.js";
import type { Index, SearchedVectors } from "./indexes/index-options.js";
import type { MemoryPlan } from "./memory-plan.js";

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

export interface CandidateOptions {
  k: number;
  guard?: "copies";
  /** Subtract each side's mean from its vectors. */
  centre?: boolean;
  /** Whether both sides' vectors are held in memory, and how many rows where they are not. @default all */
  memory?: Pick<MemoryPlan, "held" | "rescoredRows">;
  onEvent: (event: JobEvent) => void;
}

/** Vectors of which some stand for others. */
export interface Collapsed {
  searched: SearchedVectors;
  groups?: Groups;
}

export interface CandidateSources extends Pick<Index, "extra" | "search"> {
  /** Both sides' vectors; not asked for where the candidates were kept. */
  vectors(): Promise<Record<SideName, SideVectors>>;
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
  { k, guard, centre = false, memory, onEvent }: CandidateOptions,
  { vectors, extra, search, collapse }: CandidateSources,
): Stage<Found> {
  return {
    name: "candidates",
    key: candidatesKey(key, { k, guard }),
    make: async () => {
      const given = await vectors();
      try {
        const prepared = prepareSides(sides, given, { centre, held: memory?.held, onEvent });
        const { searched, groups }: Collapsed = (await collapse?.(sides, prepared)) ?? { searched: prepared };
        warnOfClippedK(k, searched, onEvent);
        const found = await search(searched, k + extra);
        const { candidates, facts } = describe(
          sides,
          searched,
          { space: given.source.info.space, centre },
          await scoreExactly(sides, searched, found, { k, guard, heldRows: memory?.rescoredRows }),
        );
        return {
          candidates,
          facts: { ...facts, ...countLeftOut(sides, prepared, groups && searched) },
          groups,
        };
      } finally {
        given.source.close();
        given.target.close();
      }
    },
    save: async ({ candidates, facts, groups }, folder) => {
      await writeGroups(folder, groups);
      await writeCandidates(folder, candidates, facts);
    },
    load: async (folder) => {
      const { candidates, facts } = await readCandidates<SearchFacts>(folder);
      return { candidates, facts, groups: facts.nearDuplicates && readGroups(folder) };
    },
  };
}

/** Makes both sides' vectors comparable, and leaves out what can match nothing. */
export function prepareSides(
  sides: Sides,
  { source, target }: Record<SideName, SideVectors>,
  { centre = false, held = true, onEvent }: Pick<CandidateOptions, "centre" | "onEvent"> & { held?: boolean },
): SearchedVectors {
  checkSpaces(source.info, target.info);
  const options = { centre, held, onEvent };
  return {
    source: prepareSide(source, { ...options, name: sides.source.name }),
    target: prepareSide(target, { ...options, name: sides.target.name }),
  };
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
  { k, guard, heldRows }: Pick<CandidateOptions, "k" | "guard"> & { heldRows?: number },
): Promise<{ exact: BothWays; copies: number }> {
  const copyGuard = guard === "copies" ? await guardCopies(sides) : undefined;
  const copies = new Set<string>();
  const isCopy = (x: number, y: number) => {
    const copy = copyGuard?.isCopy(source.rowNumbers[x], target.rowNumbers[y]) ?? false;
    if (copy) copies.add(`${x} ${y}`);
    return copy;
  };
  const exact = {
    forward: rescore(found.forward, source.vectors, target.vectors, { k, excluded: isCopy, heldRows }),
    backward: rescore(found.backward, target.vectors, source.vectors, {
      k,
      excluded: (y, x) => isCopy(x, y),
      heldRows,
    }),
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
