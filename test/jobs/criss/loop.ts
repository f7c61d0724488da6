import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { JobEvent } from "../../../src/events.js";
import { criss } from "../../../src/jobs/criss/criss.js";
import type { CrissOptions } from "../../../src/jobs/criss/options.js";
import type { CrissTexts } from "../../../src/jobs/criss/plan.js";
import type { CrissSummary, RoundSummary } from "../../../src/steps/runs/loop-summary.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { smallStart } from "./small-start.js";

export const TOWN: CrissTexts = [{ de: "samples/town.de", en: "samples/town.en" }];
export const GOLD = { "de-en": "samples/town.de-en.gold" };

export interface Outcome {
  rounds: RoundSummary[];
  summary?: CrissSummary;
  /** What became of each stage. */
  stages: string[];
  changes: string[];
}

/** Runs a loop with a small table of n-grams, or its first rounds. */
export async function loop(
  options: CrissOptions,
  texts = TOWN,
  most = Number.POSITIVE_INFINITY,
): Promise<Outcome> {
  const outcome: Outcome = { rounds: [], stages: [], changes: [] };
  const onEvent = (event: JobEvent) => {
    if (event.kind !== "stage") return;
    outcome.stages.push(`${event.what} ${event.stage}`);
    outcome.changes.push(...event.changes);
  };
  const onSummary = (summary: CrissSummary) => {
    outcome.summary = summary;
  };
  const { encoder, trainer } = options;
  // Other starts and trainers have steps of their own.
  const few = encoder === undefined && trainer === undefined ? { leastSteps: 20 } : {};
  const small = { encoder: await smallStart(), rounds: 2, ...few, threads: 1 };
  for await (const round of criss(texts, { ...small, ...options, onEvent, onSummary })) {
    if (outcome.rounds.push(round) >= most) break;
  }
  return outcome;
}

export const newRun = (t: ExecutionContext) => join(temporaryFolder(t), "run");

const FINISHED = mkdtempSync(join(tmpdir(), "crisscross-finished-"));
test.after.always(() => rmSync(FINISHED, { recursive: true }));
const finished = new Map<string, Promise<Outcome & { run: string }>>();

/** What a loop gave in a folder of the test's own: it is run once for all tests that begin with the same one. */
export async function finishedLoop(t: ExecutionContext, options: Partial<CrissOptions> = {}) {
  const key = JSON.stringify(options);
  const made = join(FINISHED, String(finished.size));
  const once = finished.get(key) ?? loop({ ...options, run: made }).then((all) => ({ ...all, run: made }));
  finished.set(key, once);
  const outcome = await once;
  const run = newRun(t);
  cpSync(outcome.run, run, { recursive: true });
  return { ...outcome, run };
}

export const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");
