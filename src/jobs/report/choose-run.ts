import { pause } from "../../flow/pause.js";
import { drawBands } from "../../report/draw-bands.js";
import { lengthGrid } from "../../report/length-grid.js";
import type { ReportPart } from "../../report/model.js";
import { scoreCurve } from "../../report/score-curve.js";
import { estimateOf } from "../../steps/pairs/estimate-threshold.js";
import type { LoadedRun } from "../../steps/runs/load-run.js";
import { chooseAsMined } from "./choose-as-mined.js";
import { findHubs } from "./find-hubs.js";
import { leftOutOfRun } from "./left-out-of-run.js";
import { measureRun } from "./measure-run.js";
import type { ReportSettings } from "./options.js";
import { factsOfRun } from "./run-facts.js";
import { pairsAmong, type RunPairs } from "./run-pairs.js";
import { showCandidates } from "./show-candidates.js";

/** The pairs of a run, and what there is to see of its candidates. */
export interface ChosenRun {
  pairs: RunPairs;
  part: ReportPart;
}

/** Chooses a run's pairs as it was mined, at every threshold, and draws some of them. */
export async function chooseRun(
  folder: string,
  loaded: LoadedRun,
  { show, signal }: Pick<ReportSettings, "show" | "signal">,
): Promise<ChosenRun> {
  const { sides, chosen } = loaded;
  await pause(signal);
  const { found, candidates, choice, margins, scores, isRescored, ordered } = chooseAsMined(loaded);
  await pause(signal);
  const pairs = { ...pairsAmong({ candidates, scores }, ordered), sides };
  const part: ReportPart = {
    kind: "run",
    name: folder,
    facts: factsOfRun(loaded, choice, chosen.threshold),
    notes: ordered.length === 0 ? ["It has no pairs."] : [],
    leftOut: leftOutOfRun(found, sides, { smallBase: margins.dropped, ordered: ordered.length }),
    hubs: findHubs(sides, candidates),
  };
  if (ordered.length === 0) return { pairs, part };
  const chosenSo = { ...choice, candidates, scores, ordered, margin: isRescored ? undefined : choice.margin };
  await pause(signal);
  const estimate = estimateOf(chosenSo);
  await pause(signal);
  const measured = measureRun(pairs);
  const curve = scoreCurve(measured);
  await pause(signal);
  const bands = drawBands(measured.scores, curve, show);
  // All bands at once, since to find rivals is to go over all candidates.
  const drawn = bands.flatMap(({ drawn }) => Array.from(drawn, (place) => ordered[place]));
  const shown = showCandidates({ sides, candidates, scores }, drawn);
  return {
    pairs,
    part: {
      ...part,
      ...("unknown" in estimate
        ? { notes: [...part.notes, `What is right cannot be told: ${estimate.unknown}.`] }
        : { estimate: estimate.points.toReversed() }),
      scores: { ...curve, threshold: chosen.threshold, command: `crisscross select ${shellWord(folder)}` },
      bands: bands.map(({ drawn, ...band }) => ({ ...band, shown: shown.splice(0, drawn.length) })),
      lengths: lengthGrid(measured),
    },
  };
}

/** A name as a shell takes it. */
const shellWord = (name: string) => (/^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
