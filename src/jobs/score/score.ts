import { timed } from "../../events.js";
import type { PairInput } from "../../read/pairs/read-pairs.js";
import { changed, type RereadBitext, readTwice } from "../../steps/bitexts/read-twice.js";
import { writeStats } from "../../steps/bitexts/write-stats.js";
import { searchSides } from "../../steps/neighbours/search-sides.js";
import { quantiles } from "../../steps/pairs/summary.js";
import { openRun, openTemporaryRun, type Run } from "../../steps/runs/run.js";
import { hashFile } from "../../steps/texts/identify.js";
import { shareEncoder } from "../../steps/vectors/encoder-source.js";
import type { Pair } from "../../types.js";
import { openPairs, type PairOutput } from "../../write/pairs/open-pairs.js";
import { type BitextSides, bitextStage } from "./bitext-stage.js";
import { cosinesStage } from "./cosines-stage.js";
import { type ScoreOptions, type ScoreSettings, type ScoreSummary, settleScore } from "./options.js";
import { PairScorer } from "./pair-scorer.js";

/**
 * Scores each pair of a bitext by its cosine and margin (Artetxe & Schwenk 2019), in two passes: one to embed and
 * search, one to write every pair in its order, whatever is blank or stands twice. A pair that cannot be scored has an
 * empty score (`null` in JSON lines). What was counted is left beside the output, as `OUTPUT.stats.json`.
 *
 * Identical texts of a side are one in neighbourhoods and are embedded once. Vectors lie in the run folder, or in a
 * temporary one.
 *
 * @throws OptionError, InputError, ModelError, IndexError, OutputError; the signal's reason when it aborts
 */
export async function scoreBitext(
  input: PairInput,
  output: PairOutput,
  options: ScoreOptions = {},
): Promise<ScoreSummary> {
  const settings = settleScore(output, options);
  const { onEvent, signal } = settings;
  await using run = await (settings.run === undefined
    ? openTemporaryRun("score", onEvent)
    : openRun(settings.run, "score", onEvent));
  const bitext = await readTwice(input, { ...settings.read, signal }, run.folder);
  try {
    const { seconds } = run;
    const found = await scoreSides(bitext, run, settings);
    try {
      const summary = await timed(seconds, "write", () => writeScored(bitext, output, found, settings));
      const complete = { ...summary, seconds };
      await writeStats(output, complete);
      return complete;
    } finally {
      found.close();
    }
  } finally {
    await bitext.discard();
  }
}

/** What the first pass found. */
interface ScoredSides {
  scorer: PairScorer;
  facts: Pick<ScoreSummary, "skipped" | "sentences" | "encoder" | "centre" | "k">;
  close(): void;
}

async function scoreSides(bitext: RereadBitext, run: Run, settings: ScoreSettings): Promise<ScoredSides> {
  const { seconds } = run;
  const { signal, onEvent, read } = settings;
  const neighbourhood = await identifyNeighbourhood(settings);
  const stage = bitextStage(bitext, await bitext.hashes(), { read, neighbourhood, signal, onEvent });
  const gathered: BitextSides = await timed(seconds, "read", () => run.keep(stage));
  const { sides } = gathered;
  const close = () => {
    sides.source.close();
    sides.target.close();
  };
  try {
    await using encoder = await timed(seconds, "open", () => shareEncoder(sides, settings));
    const searched = await searchSides(sides, encoder, settings, run);
    const cosines = await run.keep(
      cosinesStage(gathered, {
        vectorsKey: searched.vectorsKey,
        centre: searched.centre,
        held: searched.memory?.held,
        onEvent,
        vectors: {
          source: () => run.keep(searched.vectors.source),
          target: () => run.keep(searched.vectors.target),
        },
      }),
    );
    const { candidates, facts } = searched.found;
    warnOfUncentred(settings, facts.centre);
    return {
      scorer: new PairScorer(gathered, cosines, candidates),
      facts: {
        skipped: sides.source.counts.skipped,
        sentences: { source: sides.source.texts.length, target: sides.target.texts.length },
        encoder: facts.space,
        centre: facts.centre,
        k: searched.k,
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function warnOfUncentred({ score, add, onEvent }: ScoreSettings, centre: boolean): void {
  if (centre || (score !== "adequacy" && !add.includes("adequacy"))) return;
  const message =
    "adequacy is a share of the cosine, and without --centre even texts that have nothing in common have a high one.";
  onEvent({ kind: "warning", message });
}

async function identifyNeighbourhood({ neighbourhood = {}, signal }: ScoreOptions) {
  const identified = async (path: string | undefined) =>
    path === undefined ? undefined : { path, hash: await hashFile(path, signal) };
  return { source: await identified(neighbourhood.source), target: await identified(neighbourhood.target) };
}

/** The second pass: every pair again, with its score. */
async function writeScored(
  bitext: RereadBitext,
  output: PairOutput,
  { scorer, facts }: ScoredSides,
  { write, score, add, signal, onEvent }: ScoreSettings,
): Promise<Omit<ScoreSummary, "seconds">> {
  const sink = openPairs(output, { ...write, signal });
  const scores = new Float64Array(scorer.pairs);
  let [pairs, unitsWithoutBoth] = [0, 0];
  const onLeftOut = (what: "unit" | "variant") => {
    if (what === "unit") unitsWithoutBoth++;
  };
  try {
    for await (const batch of bitext.read({ onLeftOut })) {
      const scored = batch.map((pair): Pair => {
        const found = scorer.score(pairs);
        scores[pairs++] = found[score];
        const added = { ...pair.added, ...Object.fromEntries(add.map((name) => [name, found[name]])) };
        return { ...pair, score: found[score], added };
      });
      await sink.write(scored);
      onEvent({ kind: "progress", stage: "write", done: pairs, total: scorer.pairs, unit: "pairs" });
    }
    if (pairs !== scorer.pairs) throw changed(bitext.name, scorer.pairs, pairs);
    await sink.finish();
  } finally {
    await sink[Symbol.asyncDispose]();
  }
  const known = scores
    .filter((value) => !Number.isNaN(value))
    .sort()
    .reverse();
  return {
    pairs,
    unscored: pairs - known.length,
    unitsWithoutBoth,
    ...facts,
    score,
    scores: quantiles(known),
  };
}
