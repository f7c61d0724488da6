import type { CleanOptions } from "../clean/clean.js";
import type { EncoderOptions } from "../embed/open-encoder.js";
import type { ReadOptions } from "../read/input.js";
import { type Keep, makeAnew } from "../store/stage.js";
import type { Encoder } from "../types.js";
import { candidatesStage, type Found } from "./candidates-stage.js";
import { collapseSides } from "./collapse-side.js";
import { tellDiskUse } from "./disk-use.js";
import { type JobEvent, type StageSeconds, timed } from "./events.js";
import type { IndexOptions } from "./index-options.js";
import { openIndex } from "./indexes.js";
import { planSearch } from "./plan-search.js";
import type { Sides } from "./side.js";
import { readSides } from "./sides.js";
import type { TextSource } from "./text-source.js";
import { checkVectorOptions, openVectorSources } from "./vector-sources.js";
import { vectorsStage } from "./vectors-stage.js";

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

/** Where the results of stages are kept. */
export interface Keeping {
  keep: Keep;
  /** The run folder, if there is one. */
  folder?: string;
}

/** Both sides, and every pair of which one is among the nearest of the other. */
export interface SidesFound {
  sides: Sides;
  found: Found;
  /** How the pairs were found. */
  searched: { k: number; centre: boolean };
}

/** Reads, cleans, embeds and searches both sides: all that comes before a margin is taken. */
export async function findCandidates(
  source: TextSource,
  target: TextSource,
  options: FindOptions,
  seconds: StageSeconds = {},
  { keep, folder }: Keeping = { keep: makeAnew },
): Promise<SidesFound> {
  const { onEvent = () => {}, signal } = options;
  checkVectorOptions(source, target, options);
  const context = { ...options, onEvent, k: options.k ?? 4 };
  const sides = await timed(seconds, "read", () => readSides(source, target, keep, folder, context));
  const sources = await timed(seconds, "open", () => openVectorSources(source, target, sides, context));
  const centre = options.centre ?? (sources.source.centre === true && sources.target.centre === true);
  try {
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
              if (folder) await tellDiskUse(folder, plan.diskNeeds, onEvent);
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
    return { sides, found, searched: { k: context.k, centre } };
  } finally {
    await sources.close();
  }
}
