import { join } from "node:path";
import { InputError } from "../../errors.js";
import { STAGES } from "../../steps/runs/loop-names.js";
import type { RoundSummary } from "../../steps/runs/loop-summary.js";
import { isDone, readRounds } from "../../steps/runs/read-rounds.js";
import { requireFolder } from "../../store/files/folder-error.js";
import { isLocked } from "../../store/files/lock.js";
import { type Manifest, readManifest } from "../../store/run/manifest.js";
import { LOCK } from "../../store/run/run-folder.js";
import type { LoopEnd } from "./folder/finish-loop.js";

/** How a loop stands, by its folder alone. */
export interface CrissStatus {
  /** Rounds that were mined. */
  rounds: RoundSummary[];
  /** The round whose pairs and encoder the run gives; none before the first one. */
  best?: number;
  /** How it ended, once it has. */
  finished?: {
    /** Whether early, as no round got better any more. */
    stopped: boolean;
  };
  /** What is done next, or is being done; absent at the end. */
  next?: {
    /** Reading the texts, mining a round, or training the encoder of the next. */
    what: "read" | "mine" | "train";
    /** Of which round, from 0. */
    round: number;
    /** How many texts, or pairs of languages, are done. */
    done: number;
    /** How many there are. */
    total: number;
  };
  /** Whether a process is at work in the folder. */
  locked: boolean;
}

/**
 * Tells how a loop stands; changes nothing, and may be asked while it runs.
 *
 * @throws InputError if the folder is not that of a loop
 */
export async function crissStatus(folder: string): Promise<CrissStatus> {
  await requireFolder(folder);
  const manifest = await readManifest(folder);
  const plan = manifest?.stages[STAGES.plan]?.key as LoopPlan | undefined;
  if (!manifest || !plan)
    throw new InputError({ path: folder }, "is not the folder of a loop.", {
      advice: "Start one with crisscross criss --run.",
    });
  const { stages } = manifest;
  const first = (stages[STAGES.continued]?.key.round as number | undefined) ?? 0;
  const finished = stages[STAGES.finished]?.key as Pick<LoopEnd, "rounds" | "stopped"> | undefined;
  const last = finished?.rounds ?? first + plan.rounds;
  const rounds = await readRounds(folder, stages, last);
  return {
    rounds,
    best: stages[STAGES.result]?.key.round as number | undefined,
    finished: finished && { stopped: finished.stopped },
    next: finished ? undefined : findNext(stages, plan, { first, last, round: rounds.length }),
    locked: await isLocked(join(folder, LOCK)),
  };
}

/** What the manifest tells of a loop's plan. */
interface LoopPlan {
  texts: string[];
  pairs: string[];
  rounds: number;
}

/** The first stage that the manifest does not have; undefined where only the end is missing. */
function findNext(
  stages: Manifest["stages"],
  { texts, pairs }: LoopPlan,
  { first, last, round }: { first: number; last: number; round: number },
): CrissStatus["next"] {
  const count = (names: string[]) => names.filter((name) => isDone(stages, name)).length;
  const read = count(texts.map(STAGES.text));
  if (read < texts.length) return { what: "read", round, done: read, total: texts.length };
  if (round > last) return undefined;
  if (round > first && !isDone(stages, STAGES.encoder(round - 1)))
    return { what: "train", round: round - 1, done: 0, total: 1 };
  const mined = count(pairs.map((pair) => STAGES.candidates(round, pair)));
  return { what: "mine", round, done: mined, total: pairs.length };
}
