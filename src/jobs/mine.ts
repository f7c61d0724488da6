import type { CleanOptions } from "../clean/clean.js";
import type { EncoderOptions } from "../embed/open-encoder.js";
import { OptionError } from "../errors.js";
import type { ReadOptions } from "../read/input.js";
import { makeAnew } from "../store/stage.js";
import type { Encoder, ScoredPair } from "../types.js";
import { candidatesStage } from "./candidates-stage.js";
import { type ChooseOptions, choosePairs } from "./choose.js";
import { type DiskNeeds, tellDiskUse } from "./disk-use.js";
import { type JobEvent, type StageSeconds, timed } from "./events.js";
import { chooseIndex, type IndexOptions } from "./indexes.js";
import { openRun } from "./run.js";
import type { Sides } from "./side.js";
import { readSides } from "./sides.js";
import type { MineSummary } from "./summary.js";
import type { TextSource } from "./text-source.js";
import { openVectorSources } from "./vector-sources.js";
import { type LazySource, vectorsStage } from "./vectors-stage.js";

export interface MineOptions extends CleanOptions, ChooseOptions, EncoderOptions, IndexOptions {
  /** An encoder, the name `ngram`, or a folder in Hugging Face layout. @default "ngram" */
  encoder?: string | Encoder;
  /** Neighbours of each sentence that make its neighbourhood and its candidates. @default 4 */
  k?: number;
  /** `copies`: a sentence and its untranslated copy count as not there for each other. @default none */
  guard?: "copies";
  /** Subtract the mean of each side from its vectors before they are searched. @default false */
  centre?: boolean;
  /** How to read the source; and the target, unless `readTarget` is given. */
  read?: ReadOptions;
  /** How to read the target. @default as `read` */
  readTarget?: ReadOptions;
  /** A folder that keeps every stage, so that a run can go on where it was interrupted. @default none: in memory */
  run?: string;
  /** Remove vectors and indexes from the run folder at the end; `select` does not need them. @default false */
  clean?: boolean;
  onEvent?: (event: JobEvent) => void;
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: MineSummary) => void;
}

/**
 * Mines translation pairs from two sides of monolingual text, the best first.
 *
 * Read → clean → embed → search both ways → score by margin → select (Artetxe & Schwenk 2019). Nothing starts before
 * the first pair is asked for; leaving the loop early frees everything. Memory: both sides' vectors
 * (4 · dimensions bytes a sentence) and, without a run folder, the texts.
 *
 * @param source a path, a stream of bytes or sentences; or vectors that `embedFile` made, by their path (`.npy`)
 * @throws OptionError, InputError, ModelError, IndexError, OutputError; the signal's reason when it aborts
 */
export async function* mine(
  source: TextSource,
  target: TextSource,
  options: MineOptions = {},
): AsyncGenerator<ScoredPair, void, undefined> {
  const { onEvent = () => {}, centre = false } = options;
  const context = { ...options, onEvent, k: checkK(options.k ?? 4) };
  const seconds: StageSeconds = {};
  const run = options.run === undefined ? undefined : await openRun(options.run, onEvent);
  const keep = run?.keep ?? makeAnew;
  try {
    const sides = await timed(seconds, "read", () => readSides(source, target, keep, run?.folder, context));
    const sources = await timed(seconds, "open", () => openVectorSources(source, target, sides, context));
    const stages = {
      source: vectorsStage("source", sides.source, sources.source),
      target: vectorsStage("target", sides.target, sources.target),
    };
    const vectorsKey = { "source vectors": stages.source.key, "target vectors": stages.target.key, centre };
    const index = chooseIndex(options, { keep, vectorsKey, signal: options.signal, onEvent });
    const found = await keep(
      candidatesStage(sides, { ...vectorsKey, ...index.key }, context, {
        vectors: () =>
          timed(seconds, "embed", async () => {
            if (run) await tellDiskUse(run.folder, diskNeeds(sides, sources.source, context), onEvent);
            return { source: await keep(stages.source), target: await keep(stages.target) };
          }),
        search: (vectors, k) => timed(seconds, "search", () => index.search(vectors, k)),
      }),
    );
    await sources.close();
    const summary = yield* choosePairs(sides, found, options, seconds);
    await run?.finish(summary, options);
    options.onSummary?.(summary);
  } finally {
    await run?.close();
  }
}

function diskNeeds(
  { source, target }: Sides,
  { dimensions }: LazySource,
  { k, index = "exact" }: IndexOptions & { k: number },
): DiskNeeds {
  return { sentences: source.texts.length + target.texts.length, dimensions, k, index };
}

function checkK(k: number): number {
  if (Number.isInteger(k) && k >= 1) return k;
  throw new OptionError(`k is ${k}; expected a whole number of neighbours from 1.`);
}
