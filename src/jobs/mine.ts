import type { CleanOptions } from "../clean/clean.js";
import { embed, textWindows } from "../embed/embed.js";
import { type EncoderOptions, openEncoder } from "../embed/open-encoder.js";
import { InputError, OptionError } from "../errors.js";
import { concatenate } from "../flow/concatenate.js";
import type { ReadOptions } from "../read/input.js";
import { scoreMargin } from "../score/margin.js";
import { dropZeroRows, type NonZeroRows } from "../search/zero-rows.js";
import { type SelectOptions, selectPairs } from "../select/select.js";
import type { Encoder, Margin, ScoredPair } from "../types.js";
import { guardCopies } from "./copy-guard.js";
import { type JobEvent, type StageSeconds, timed } from "./events.js";
import { findCandidates } from "./find-candidates.js";
import { toPair } from "./pair.js";
import { gatherSide, type Side, type Sides, type TextSource } from "./side.js";
import { type MineSummary, quantiles } from "./summary.js";

const ignore = () => {};

export interface MineOptions extends CleanOptions, SelectOptions, EncoderOptions {
  /** An encoder, the name `ngram`, or a folder in Hugging Face layout. @default "ngram" */
  encoder?: string | Encoder;
  /** How a cosine is set against its neighbourhood. @default "ratio" */
  margin?: Margin;
  /** Neighbours of each sentence that make its neighbourhood and its candidates. @default 4 */
  k?: number;
  /** `copies`: a sentence and its untranslated copy count as not there for each other. @default none */
  guard?: "copies";
  /** How to read the source; and the target, unless `readTarget` is given. */
  read?: ReadOptions;
  /** How to read the target. @default as `read` */
  readTarget?: ReadOptions;
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: MineSummary) => void;
}

/**
 * Mines translation pairs from two sides of monolingual text, the best first.
 *
 * Read → clean → embed → search both ways → score by margin → select (Artetxe & Schwenk 2019). Nothing starts before
 * the first pair is asked for; leaving the loop early frees everything. Memory: both sides' vectors
 * (4 · dimensions bytes a sentence) and the texts.
 *
 * @throws OptionError, InputError, ModelError; the signal's reason when it aborts
 */
export async function* mine(
  source: TextSource,
  target: TextSource,
  options: MineOptions = {},
): AsyncGenerator<ScoredPair, void, undefined> {
  const { margin = "ratio", signal, onEvent = ignore } = options;
  const k = checkK(options.k ?? 4);
  const seconds: StageSeconds = {};

  const sides = await timed(seconds, "read", async () => ({
    source: await gatherSide(source, sideOptions("source", options, options.read)),
    target: await gatherSide(target, sideOptions("target", options, options.readTarget ?? options.read)),
  }));
  const encoder = await timed(seconds, "open", () => openFitted(options, sides));
  const { space } = encoder;
  const vectors = await timed(seconds, "embed", async () => ({
    source: await embedSide("embed source", sides.source, encoder, options),
    target: await embedSide("embed target", sides.target, encoder, options),
  }));
  if (typeof options.encoder !== "object") await encoder.close?.();

  const guard = options.guard === "copies" ? await guardCopies(sides) : undefined;
  const { candidates, copies } = await timed(seconds, "search", () =>
    findCandidates(sides, vectors, { k, guard, threads: options.threads, signal, onEvent }),
  );
  const { scores, selection } = await timed(seconds, "select", () => {
    const scores = scoreMargin(candidates, margin);
    return { scores, selection: selectPairs(candidates, scores.values, options) };
  });

  const start = performance.now();
  for (const candidate of selection.pairs) {
    signal?.throwIfAborted();
    yield toPair(candidate, candidates, scores.values, sides);
  }
  seconds.write = (performance.now() - start) / 1000;
  options.onSummary?.({
    source: sides.source.counts,
    target: sides.target.counts,
    encoder: space,
    candidates: candidates.length,
    smallBase: scores.dropped,
    copies,
    belowThreshold: selection.belowThreshold,
    pairs: selection.pairs.length,
    scores: quantiles(Float64Array.from(selection.pairs, (candidate) => scores.values[candidate])),
    seconds,
  });
}

function checkK(k: number): number {
  if (Number.isInteger(k) && k >= 1) return k;
  throw new OptionError(`k is ${k}; expected a whole number of neighbours from 1.`);
}

function sideOptions(side: "source" | "target", options: MineOptions, read: ReadOptions = {}) {
  const { minCharacters, maxCharacters, signal, onEvent = ignore } = options;
  return { minCharacters, maxCharacters, signal, onEvent, read, side };
}

async function openFitted(options: MineOptions, { source, target }: Sides): Promise<Encoder> {
  const { encoder: given } = options;
  const encoder = typeof given === "object" ? given : await openEncoder(given, options);
  return encoder.fit
    ? encoder.fit(concatenate(textWindows(source.texts), textWindows(target.texts)))
    : encoder;
}

async function embedSide(
  stage: string,
  side: Side,
  encoder: Encoder,
  options: MineOptions,
): Promise<NonZeroRows> {
  const { signal, onEvent = ignore } = options;
  const total = side.texts.length;
  const vectors = await embed(side.texts, encoder, {
    signal,
    onProgress: (done) => onEvent({ kind: "progress", stage, done, total, unit: "sentences" }),
  });
  const searchable = dropZeroRows(
    vectors,
    (row) =>
      new InputError(
        { path: side.name, line: side.places.firstLine(row) },
        `the encoder ${encoder.space} gives this sentence a vector that is not finite (NaN). Remove the sentence, or take another variant of the model.`,
      ),
  );
  side.counts.zeroVectors = total - searchable.vectors.rows;
  return searchable;
}
