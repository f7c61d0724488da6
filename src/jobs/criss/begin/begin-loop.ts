import { STAGES } from "../../../steps/runs/loop-names.js";
import type { LoopEnd } from "../folder/finish-loop.js";
import { layOut } from "../folder/stages.js";
import type { KnownEncoder } from "../known-encoder.js";
import type { Loop, ReadLoop, Round } from "../loop.js";
import { trainedEncoder } from "../rounds/encoder-stage.js";
import { readLoopGold } from "./gold.js";
import { seedStart } from "./seeded-start.js";
import { openFirst, openStart } from "./start.js";

/** What a continued loop remembers of the loop before. */
interface Continuation {
  /** Its first round. */
  round: number;
  /** The round of the loop before whose encoder mines the first round here; 0 for the start. */
  best: number;
}

/** Reads what a loop is measured by, opens its start, and finds the round it begins with. */
export async function beginLoop(
  read: ReadLoop & Pick<Loop, "tatoeba">,
): Promise<{ loop: Loop; round: Round }> {
  const { options, plan } = read;
  const gold = await readLoopGold(options.gold, { ...read, onNote: options.onEvent });
  const started = { ...read, start: await openStart(read) };
  const round = await findFirst(started, (await openFirst(started)) ?? (await seedStart(started)));
  const [first, last] = [round.number, round.number + options.rounds];
  return { loop: { ...started, gold, first, last, stages: layOut(plan, first, last) }, round };
}

/**
 * The round that a loop begins with: 0, with the given encoder, unless it continues another loop.
 *
 * A finished loop with other texts goes on after its last round, with its best encoder; one that does so already goes
 * on where it was. Earlier rounds stay as they are.
 */
async function findFirst(loop: StartedLoop, encoder: KnownEncoder): Promise<Round> {
  const { run, options } = loop;
  const { firstRoundEncoder: minedBy } = options;
  if (!options.continue) return { number: 0, encoder, minedBy };
  const end = run.keyOf(STAGES.finished) as LoopEnd | undefined;
  let known = run.keyOf(STAGES.continued) as Continuation | undefined;
  if (end && end.texts !== textsKey(loop)) {
    known = { round: end.rounds + 1, best: end.best };
    await run.record(STAGES.continued, { ...known }, 0);
  }
  await run.forget(STAGES.finished);
  // It stays as it is: nothing here could make it again.
  if (known?.best) await run.check(STAGES.encoder(known.best - 1));
  const number = known?.round ?? 0;
  return known?.best
    ? { number, encoder: trainedEncoder(loop, known.best - 1) }
    : { number, encoder, minedBy };
}

type StartedLoop = ReadLoop & Pick<Loop, "start">;

/** Identifies the texts, and which of them are mined together. */
export function textsKey({ plan, texts }: Pick<Loop, "plan" | "texts">): string {
  return plan.pairs
    .map(({ name, source, target }) => `${name} ${texts[source].textHash} ${texts[target].textHash}`)
    .join("\n");
}
