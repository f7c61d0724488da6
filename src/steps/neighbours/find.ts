import type { CleanOptions } from "../../clean/clean.js";
import type { EncoderOptions } from "../../embed/open-encoder.js";
import { InputError } from "../../errors.js";
import { type JobEvent, type StageSeconds, timed } from "../../events.js";
import type { ReadOptions } from "../../read/input.js";
import type { Key } from "../../store/run/manifest.js";
import { type Keeping, makeAnew, type Stage } from "../../store/run/stage.js";
import type { Encoder, SideName } from "../../types.js";
import { refuseUnusedReading } from "../texts/check-reading.js";
import { openSource } from "../texts/open-source.js";
import { hasField, type Sides } from "../texts/side.js";
import { readSides } from "../texts/sides.js";
import { nameSource, type TextSource } from "../texts/text-source.js";
import { checkVectorOptions, openVectorSources } from "../vectors/vector-sources.js";
import { type LazySource, type SideVectors, vectorsStage } from "../vectors/vectors-stage.js";
import { candidatesStage, type Found } from "./candidates-stage.js";
import { collapseSides } from "./collapse-side.js";
import { tellDiskUse } from "./disk-use.js";
import type { IndexOptions } from "./indexes/index-options.js";
import { openIndex } from "./indexes/indexes.js";
import type { MemoryPlan } from "./memory-plan.js";
import { planSearch } from "./plan-search.js";

export interface FindOptions extends CleanOptions, EncoderOptions, IndexOptions {
  /** An encoder, the name `builtin` or `ngram`, a folder in Hugging Face or Model2Vec layout, or a name of the hub. @default "builtin" */
  encoder?: string | Encoder;
  /** Neighbours of each sentence that make its neighbourhood and its candidates. @default 4 */
  k?: number;
  /** `copies`: a sentence and its untranslated copy count as not there for each other. @default none */
  guard?: "copies";
  /** Subtract the mean of each side from its vectors before they are searched. @default as the encoder asks */
  centre?: boolean;
  /**
   * Sentences of a side whose cosine reaches this are kept together: only the first of them is searched, and stands for
   * all. Variants of a boilerplate are each other's neighbours' neighbours, and make each other's margins low.
   * @default none are looked for
   */
  collapseNearDuplicates?: number;
  /**
   * Bytes that searching may take, beside what the runtimes need for themselves: vectors that do not fit are read from
   * the run folder, or from a temporary one. What is found is the same. Not with `usearch`, nor with
   * `collapseNearDuplicates`. @default as much as it takes
   */
  memory?: number;
  /** How to read the source; and the target, unless `readTarget` is given. */
  read?: ReadOptions;
  /** How to read the target. @default as `read` */
  readTarget?: ReadOptions;
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

/** Both sides, and every pair of which one is among the nearest of the other. */
export interface SidesFound {
  sides: Sides;
  found: Found;
  /** How the pairs were found. */
  searched: { k: number; centre: boolean };
}

/** @throws InputError if a field that was asked for is in no record of either side */
function refuseUnknownFields({ source, target }: Sides): void {
  for (const [i, name] of (source.fields ?? []).entries()) {
    if (hasField(source, i) || hasField(target, i)) continue;
    throw new InputError(
      { path: `${source.name} and ${target.name}` },
      `no record has a field "${name}"; name one of those that are there, of tsv a column's number, or leave it out.`,
    );
  }
}

/** Reads, cleans, embeds and searches both sides: all that comes before a margin is taken. */
export async function findCandidates(
  source: TextSource,
  target: TextSource,
  options: FindOptions,
  seconds: StageSeconds = {},
  keeping: Keeping = { keep: makeAnew },
): Promise<SidesFound> {
  const { read, readTarget = read, onEvent = () => {} } = options;
  const given = {
    source: nameSource(source, "source", read),
    target: nameSource(target, "target", readTarget),
  };
  checkVectorOptions(given, options);
  refuseUnusedReading([given.source, given.target]);
  const context = { ...options, onEvent };
  const { sources, sides } = await timed(seconds, "read", async () => {
    const sources = { source: await openSource(given.source), target: await openSource(given.target) };
    return { sources, sides: await readSides(sources, keeping, context) };
  });
  refuseUnknownFields(sides);
  const vectors = await timed(seconds, "open", () => openVectorSources(sources, sides, context));
  try {
    const { found, k, centre } = await searchSides(sides, vectors, context, seconds, keeping);
    return { sides, found, searched: { k, centre } };
  } finally {
    await vectors.close();
  }
}

/** Both sides' neighbours, and what they were found by. */
export interface Searched {
  found: Found;
  k: number;
  centre: boolean;
  /** The stages of the vectors, and all that these and their centring depend on. */
  vectors: Record<SideName, Stage<SideVectors>>;
  vectorsKey: Key;
  memory?: MemoryPlan;
}

/** Embeds and searches two sides that have been read. */
export async function searchSides(
  sides: Sides,
  sources: Record<SideName, LazySource>,
  options: Omit<FindOptions, "read" | "readTarget"> & { onEvent: (event: JobEvent) => void },
  seconds: StageSeconds,
  { keep, folder, temporary }: Keeping,
): Promise<Searched> {
  const { onEvent, signal } = options;
  const context = { ...options, k: options.k ?? 4 };
  const centre = options.centre ?? (sources.source.centre === true && sources.target.centre === true);
  const stages = {
    source: vectorsStage("source", sides.source, sources.source),
    target: vectorsStage("target", sides.target, sources.target),
  };
  const vectorsKey = { "source vectors": stages.source.key, "target vectors": stages.target.key, centre };
  const plan = planSearch(sides, sources.source, context);
  const { engine, memory } = plan;
  const { collapseNearDuplicates: threshold } = options;
  // A graph over a whole side is of no use once it is collapsed.
  const within = openIndex(plan.within, options, { keep: makeAnew, vectorsKey, signal, onEvent });
  const searchedKey =
    threshold === undefined
      ? vectorsKey
      : { ...vectorsKey, "near-duplicates": { cosine: threshold, ...within.key } };
  const index = openIndex(engine, options, {
    keep,
    vectorsKey: searchedKey,
    heldRows: memory?.heldRows,
    signal,
    onEvent,
  });
  const found = await keep(
    candidatesStage(
      sides,
      { ...searchedKey, ...index.key },
      { ...context, centre, memory },
      {
        vectors: () =>
          timed(seconds, "embed", async () => {
            await plan.tell();
            if (folder) await tellDiskUse(folder, plan.diskNeeds, onEvent, temporary);
            return { source: await keep(stages.source), target: await keep(stages.target) };
          }),
        collapse:
          threshold === undefined
            ? undefined
            : (sides, vectors) =>
                timed(seconds, "collapse", () => collapseSides(sides, vectors, threshold, within)),
        extra: index.extra,
        search: (vectors, k) => timed(seconds, "search", () => index.search(vectors, k)),
      },
    ),
  );
  return { found, k: context.k, centre, vectors: stages, vectorsKey, memory };
}
