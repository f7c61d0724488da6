import { InputError } from "../../errors.js";
import type { Side } from "../../steps/texts/side.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import { trainedEncoder } from "./encoder-stage.js";
import type { Loop } from "./find-round.js";
import type { LoopEnd } from "./finish-loop.js";
import type { KnownEncoder } from "./known-encoder.js";
import { STAGES } from "./names.js";
import type { Plan } from "./plan.js";
import type { Trainer } from "./trainers/trainer.js";

/** Where a loop's rounds begin, and which encoder mines the first of them. */
export interface Beginning {
  round: number;
  encoder: KnownEncoder;
}

/** What is noted of a loop that goes on with other texts. */
interface Continuation {
  /** Its first round. */
  round: number;
  /** The round of the loop before whose encoder mines that; 0 for the start. */
  best: number;
}

/**
 * Where a loop begins: at its start, unless it continues another one.
 *
 * A finished loop whose texts are others goes on after its last round, with its best encoder; one that does so already
 * goes on where it was. The rounds before stay as they are.
 */
export async function beginLoop(
  { run, plan, texts }: Loop,
  start: KnownEncoder,
  trainer: Trainer,
  options: { continue?: boolean },
): Promise<Beginning> {
  if (!options.continue) return { round: 0, encoder: start };
  const end = run.keyOf(STAGES.finished) as LoopEnd | undefined;
  let known = run.keyOf(STAGES.continued) as Continuation | undefined;
  if (end && end.texts !== textsKey(plan, texts)) {
    known = { round: end.rounds + 1, best: end.best };
    await run.record(STAGES.continued, { ...known }, 0);
  }
  await run.forget(STAGES.finished);
  return {
    round: known?.round ?? 0,
    encoder: known?.best ? trainedEncoder(run, known.best - 1, trainer, start) : start,
  };
}

/** @throws InputError if the loop in a run is not finished, nor one that goes on already */
export function checkFinished(run: RunFolder): void {
  if (run.keyOf(STAGES.finished) || run.keyOf(STAGES.continued)) return;
  throw new InputError(
    { path: run.path },
    "is not finished, so it cannot be continued. The same command without --continue goes on with it; add texts afterwards.",
  );
}

/** Tells texts, and what is mined with what, from all others. */
export function textsKey({ pairs }: Plan, texts: readonly Side[]): string {
  return pairs
    .map(({ name, source, target }) => `${name} ${texts[source].textHash} ${texts[target].textHash}`)
    .join("\n");
}
