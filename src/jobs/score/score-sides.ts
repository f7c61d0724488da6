import { timed } from "../../events.js";
import type { Rescorer } from "../../rescore/rescorer.js";
import { searchSides } from "../../steps/neighbours/search-sides.js";
import { askedFor } from "../../steps/pairs/estimate-threshold.js";
import type { Run } from "../../steps/runs/run.js";
import { tellEmpty } from "../../steps/texts/side.js";
import { vectorsOfFile } from "../../steps/vectors/file-source.js";
import type { RowsOfSide } from "../../steps/vectors/rows-of-side.js";
import { encodeSides, type OpenVectorSources } from "../../steps/vectors/vector-sources.js";
import { openVectorsBeside } from "../../steps/vectors/vectors-beside.js";
import type { SideName } from "../../types/texts.js";
import { option, say, warning } from "../../wording.js";
import type { BitextSides } from "./bitext-stage.js";
import { needsVectors } from "./check-asked.js";
import { type CosineOptions, cosinesStage, strangersStage } from "./cosines-stage.js";
import type { GivenPairs } from "./given-decoys.js";
import type { ScoreSettings, ScoreSummary } from "./options.js";
import { PairScorer, type ScoresPairs, scoresLengths, scoresNothing } from "./pair-scorer.js";
import { rescoreBitext } from "./rescore-bitext.js";

/** What the first pass found. */
export interface ScoredSides {
  scorer: ScoresPairs;
  /** What tells of wrong pairs, if a threshold is to be estimated; absent where no pair has a text on both sides. */
  decoys?: Pick<GivenPairs, "candidates" | "strangers">;
  facts: Pick<ScoreSummary, "skipped" | "sentences" | "encoder" | "rescorer" | "centre" | "k">;
}

/** The first pass: embeds the texts of both sides, searches them, and takes the cosine of each pair. */
export async function scoreSides(
  bitext: BitextSides,
  settings: ScoreSettings,
  run: Run,
  rescorer?: Rescorer,
): Promise<ScoredSides> {
  const { onEvent } = settings;
  const { sides } = bitext;
  const counts = () => ({
    rescorer: rescorer?.space,
    skipped: sides.source.counts.skipped,
    sentences: { source: sides.source.texts.length, target: sides.target.texts.length },
  });
  if (tellEmpty(sides, onEvent))
    return { scorer: scoresNothing(bitext), facts: { ...counts(), encoder: "", centre: false, k: 0 } };
  const add = rescorer && (() => rescoreBitext(bitext, rescorer, settings, run));
  if (add && !needsVectors([settings.score, ...settings.add], settings)) {
    const scorer = (await add())(scoresLengths(bitext));
    return { scorer, facts: { ...counts(), encoder: "", centre: false, k: 0 } };
  }
  await using sources = await timed(run.seconds, "open", () => openVectors(bitext, settings));
  const { found, vectors, vectorsKey, centre, memory, k } = await searchSides(sides, sources, settings, run);
  const how: CosineOptions = {
    vectorsKey,
    centre,
    held: memory?.held,
    onEvent,
    vectors: {
      source: () => run.keep(vectors.source),
      target: () => run.keep(vectors.target),
    },
  };
  const cosines = await run.keep(cosinesStage(bitext, how));
  const { candidates, facts } = found;
  warnOfUncentred(settings, facts.centre);
  const scorer = new PairScorer(bitext, cosines, candidates);
  const decoys = askedFor(settings) && {
    candidates,
    strangers: await run.keep(strangersStage(bitext, how)),
  };
  return {
    decoys,
    scorer: add ? (await add())(scorer) : scorer,
    facts: {
      ...counts(),
      encoder: facts.space,
      centre: facts.centre,
      k,
    },
  };
}

/** The vectors that are given, row n of pair n; else an encoder makes them. */
async function openVectors(bitext: BitextSides, settings: ScoreSettings): Promise<OpenVectorSources> {
  const { vectorsBeside } = settings;
  if (!vectorsBeside) return await encodeSides(bitext.sides, settings);
  const given = await openVectorsBeside(vectorsBeside, settings);
  return {
    source: await vectorsOfFile(given.source, rowsOfPairs(bitext, "source")),
    target: await vectorsOfFile(given.target, rowsOfPairs(bitext, "target")),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** A text has the row of the first pair that it is in. */
function rowsOfPairs({ sides, numbers }: BitextSides, name: SideName): RowsOfSide {
  const [side, texts] = [sides[name], numbers[name]];
  const firsts = new Uint32Array(side.texts.length);
  for (let pair = texts.length - 1; pair >= 0; pair--) firsts[texts[pair]] = pair;
  return { side, rowOf: (text) => firsts[text], rows: texts.length, unit: "pairs" };
}

function warnOfUncentred({ score, add, onEvent }: ScoreSettings, centre: boolean): void {
  if (centre || (score !== "adequacy" && !add.includes("adequacy"))) return;
  onEvent(
    warning(
      say`Without ${option("centre", true)} unrelated texts also have a high cosine, so adequacy comes out too high. Centre the vectors.`,
    ),
  );
}
