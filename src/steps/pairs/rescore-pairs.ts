import { InputError } from "../../errors.js";
import { type JobEvent, type TimedRun, timed } from "../../events.js";
import { reportFaults, SKIP } from "../../read/faults.js";
import type { ReadOptions } from "../../read/input.js";
import type { PartName } from "../../rescore/rescorer.js";
import type { StageOutline } from "../../store/run/outline.js";
import { say } from "../../wording.js";
import { isFinitePair, type MeasuredPairs, rescoresStage } from "./rescores-stage.js";

/** What a re-scorer says of the pairs of a list. */
export interface Rescores {
  /** A pair's score, by its number in the list; NaN where it has none. */
  score(pair: number): number;
  /** A part of it, as it is. */
  part(pair: number, name: PartName): number;
  /** Pairs that are left out, since their score is not finite. */
  notFinite: number;
}

export interface RescorePairsOptions {
  /** What becomes of a pair whose score is not finite. */
  onError?: ReadOptions["onError"];
  /** The stages that the list is made from. */
  from: readonly StageOutline[];
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/**
 * Measures pairs, or takes what the run has kept of them.
 *
 * @throws InputError for a pair whose score is not finite, unless it may be left out: then it is reported
 */
export async function rescorePairs(
  measured: MeasuredPairs,
  { onError, ...options }: RescorePairsOptions,
  run: TimedRun,
): Promise<Rescores> {
  const { rescorer } = measured;
  const { parts } = rescorer;
  // What may be left out is reported once, when all is there.
  const fail = reportFaults({ onError });
  const stage = rescoresStage(measured, {
    ...options,
    onNotFinite: (pair) => fail(notFinite(measured, pair)),
  });
  const values = await timed(run.seconds, "rescore", () => run.keep(stage));
  const width = parts.length;
  const { report = fail } = measured.sides.source;
  const isSound = (pair: number) => isFinitePair(values, pair, width);
  let left = 0;
  for (let pair = 0; pair < values.length / width; pair++) {
    if (isSound(pair)) continue;
    report(notFinite(measured, pair));
    left++;
  }
  return {
    notFinite: left,
    score: (pair) =>
      isSound(pair) ? rescorer.scoreOf(values.subarray(pair * width, (pair + 1) * width)) : Number.NaN,
    part: (pair, name) => (isSound(pair) ? values[pair * width + parts.indexOf(name)] : Number.NaN),
  };
}

function notFinite({ sides, list, rescorer }: MeasuredPairs, pair: number): InputError {
  const { source, target } = sides;
  const line = source.places.firstLine(list.source[pair]);
  const other = target.places.firstLine(list.target[pair]);
  return new InputError(
    { path: source.name, line },
    `the re-scorer ${rescorer.space} gives this sentence and that of line ${other} of ${target.name} a score that is not finite (NaN).`,
    { advice: say`Pass ${SKIP} to leave the pair out, or take another variant of the model.` },
  );
}
