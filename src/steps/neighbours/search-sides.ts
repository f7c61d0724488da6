import { type TimedRun, timed } from "../../events.js";
import type { Key } from "../../store/run/manifest.js";
import { makeAnew, type Stage } from "../../store/run/stage.js";
import type { SideName } from "../../types/texts.js";
import type { OpenedSource } from "../texts/open-sources.js";
import type { Sides } from "../texts/side.js";
import { boundK, centringKey } from "../vectors/few-sides.js";
import { openVectorSources, settleCentre } from "../vectors/vector-sources.js";
import { type LazySource, type SideVectors, vectorsStage } from "../vectors/vectors-stage.js";
import { candidatesKey, candidatesStage } from "./candidates-stage.js";
import { collapseSides, type NearDuplicates } from "./collapse-sides.js";
import { tellDiskUse } from "./disk-use.js";
import type { SearchSettings } from "./find-options.js";
import type { Found } from "./found.js";
import type { IndexContext } from "./indexes/index-options.js";
import { openIndex } from "./indexes/indexes.js";
import type { MemoryPlan } from "./memory-plan.js";
import { planSearch, type SearchPlan } from "./plan-search.js";
import { prepareSides, warnOfClippedK } from "./prepare-sides.js";
import { scoreExactly } from "./score-exactly.js";
import { tellRecall } from "./tell-recall.js";

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

/** The same of sides that have vectors, or need an encoder, which is closed when nothing is left to embed. */
export async function embedAndSearch(
  sides: Sides,
  sources: Record<SideName, OpenedSource>,
  settings: SearchSettings,
  run: TimedRun,
): Promise<Searched> {
  await using vectors = await timed(run.seconds, "open", () => openVectorSources(sources, sides, settings));
  return await searchSides(sides, vectors, settings, run);
}

/**
 * Embeds two sides that have been read, searches them both ways, and scores what was found exactly. Where the run has kept
 * that, nothing is embedded.
 */
export async function searchSides(
  sides: Sides,
  sources: Record<SideName, LazySource>,
  settings: SearchSettings,
  run: TimedRun,
): Promise<Searched> {
  const { k, signal, onEvent } = settings;
  const { keep, folder, temporary, seconds } = run;
  const centre = settleCentre(settings.centre, sources);
  const neighbourhood = boundK(settings, centre, sides);
  const vectors = {
    source: vectorsStage("source", sides.source, sources.source),
    target: vectorsStage("target", sides.target, sources.target),
  };
  const vectorsKey = {
    "source vectors": vectors.source.key,
    "target vectors": vectors.target.key,
    ...centringKey(centre, sides),
  };
  const plan = planSearch(sides, sources.source, settings);
  const { memory } = plan;
  const context = { keep, vectorsKey, heldRows: memory?.heldRows, signal, onEvent };
  const nearDuplicates = openNearDuplicates(plan, settings, context);
  const searchedKey = { ...vectorsKey, ...nearDuplicates?.key };
  const threads = memory?.threads ?? settings.threads;
  const index = openIndex(plan.engine, { ...settings, threads }, { ...context, vectorsKey: searchedKey });

  const make = async (): Promise<Found> => {
    await timed(seconds, "embed", async () => {
      await plan.tell();
      if (folder) await tellDiskUse(folder, plan.diskNeeds, onEvent, temporary);
    });
    using source = await timed(seconds, "embed", () => keep(vectors.source));
    using target = await timed(seconds, "embed", () => keep(vectors.target));
    const prepared = prepareSides(sides, { source, target }, { centre, held: memory?.held, onEvent });
    const collapsed =
      nearDuplicates &&
      (await timed(seconds, "collapse", () => collapseSides(sides, prepared, nearDuplicates)));
    const searched = collapsed?.searched ?? prepared;
    warnOfClippedK(neighbourhood, searched, onEvent);
    const neighbours = await timed(seconds, "search", async () => {
      const neighbours = await index.search(searched, k + index.extra);
      if (plan.engine.index === "ivf") await tellRecall(neighbours, searched, { ...settings, threads });
      return neighbours;
    });
    const heldRows = memory?.rescoredRows;
    return await scoreExactly(
      neighbours,
      { sides, prepared, collapsed },
      { ...neighbourhood, guard: settings.guard, heldRows },
    );
  };
  const key = candidatesKey({ ...searchedKey, ...index.key }, neighbourhood, settings.guard);
  const found = await keep(candidatesStage(key, make));
  return { found, k, centre, vectors, vectorsKey, memory };
}

/** What looks for near-duplicates, where that is asked for. */
function openNearDuplicates(
  { within }: SearchPlan,
  settings: SearchSettings,
  context: IndexContext,
): (NearDuplicates & { key: Key }) | undefined {
  const { collapseNearDuplicates: cosine } = settings;
  if (cosine === undefined) return undefined;
  // A graph over a whole side is of no use once it is collapsed.
  const index = openIndex(within, settings, { ...context, keep: makeAnew });
  return { cosine, index, key: { "near-duplicates": { cosine, ...index.key } } };
}
