import { join } from "node:path";
import { readPairs } from "../../read/pairs/read-pairs.js";
import type { Fact, ReportPart, RoundCurve } from "../../report/model.js";
import { FOLDERS, STAGES } from "../../steps/runs/loop-names.js";
import type { PairFigures, RoundFigures, RoundSummary } from "../../steps/runs/loop-summary.js";
import { readRounds } from "../../steps/runs/read-rounds.js";
import type { Manifest } from "../../store/run/manifest.js";
import { bitextPart } from "./bitext-part.js";
import { single } from "./change-against.js";
import { findChanges } from "./find-changes.js";
import type { ReportSettings } from "./options.js";

/** What a loop's manifest tells of its plan. */
interface Plan {
  texts: string[];
  pairs: string[];
  rounds: number;
}

/** What there is to see of a loop: its rounds, which pairs came and went between them, and those of its best round. */
export async function loopParts(
  folder: string,
  { stages }: Manifest,
  settings: ReportSettings,
  number: number,
): Promise<ReportPart[]> {
  const plan = stages[STAGES.plan]?.key as Partial<Plan> | undefined;
  const finished = stages[STAGES.finished]?.key as { rounds: number } | undefined;
  const last = finished?.rounds ?? Number(stages[STAGES.continued]?.key.round ?? 0) + (plan?.rounds ?? 0);
  const rounds = plan ? await readRounds(folder, stages, last) : [];
  const best = stages[STAGES.result]?.key.round as number | undefined;
  const names = Object.keys(rounds.at(-1)?.pairs ?? {});
  const part: ReportPart = {
    kind: "loop",
    name: folder,
    facts: factsOf(plan, rounds, best),
    notes: notesOf(rounds, last, finished !== undefined),
    rounds: curvesOf(rounds, names),
    changes: await changesBetween({ folder, rounds, names }, settings.signal),
  };
  const shown = best ?? rounds.at(-1)?.round;
  const bitexts: ReportPart[] = [];
  for (const [i, name] of shown === undefined ? [] : names.entries()) {
    const path = pairsPath(folder, shown!, name);
    if (rounds[shown!].pairs[name]?.found === 0) continue;
    bitexts.push(await bitextPart(path, settings, { number: number + i }));
  }
  return [part, ...bitexts];
}

const pairsPath = (folder: string, round: number, name: string) =>
  join(folder, FOLDERS.round(round), FOLDERS.pairs, `${name}.tsv`);

function factsOf(
  plan: Partial<Plan> | undefined,
  rounds: readonly RoundSummary[],
  best: number | undefined,
): Fact[] {
  return [
    { name: "texts", value: plan?.texts?.join(", ") ?? "none yet" },
    { name: "rounds mined", value: String(rounds.length) },
    ...(best === undefined ? [] : [{ name: "best round", value: String(best) }]),
  ];
}

function notesOf(rounds: readonly RoundSummary[], last: number, isFinished: boolean): string[] {
  if (isFinished) return [];
  const what =
    rounds.length === 0 ? "no round is mined yet" : `rounds 0 to ${rounds.length - 1} of ${last} are mined`;
  return [`This loop is not at its end: ${what}. The same crisscross criss command goes on with it.`];
}

function curvesOf(rounds: readonly RoundSummary[], names: readonly string[]): RoundCurve[] {
  const curve = (name: string, figuresOf: (round: RoundSummary) => RoundFigures | undefined): RoundCurve => ({
    name,
    rounds: rounds.map((round) => ({ round: round.round, figures: figuresIn(figuresOf(round)) })),
  });
  const each = names.map((name) => curve(name, ({ pairs }) => pairs[name]));
  return names.length > 1 ? [curve("mean", ({ mean }) => mean), ...each] : each;
}

/** Shares and counts alone, in the order in which people look at them. */
function figuresIn(figures: Partial<PairFigures> = {}): Record<string, number> {
  const { found, training, mutual, agreement, validation, nearer, precision, precisionAt1, bestF1, tatoeba } =
    figures;
  const named = {
    found,
    training,
    mutual,
    agreement,
    validation,
    nearer,
    precision,
    precisionAt1,
    bestF1,
    tatoeba,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as Record<
    string,
    number
  >;
}

async function changesBetween(
  { folder, rounds, names }: { folder: string; rounds: readonly RoundSummary[]; names: readonly string[] },
  signal?: AbortSignal,
) {
  const changes = [];
  for (const { round } of rounds.slice(1))
    for (const name of names) {
      const pairs = (of: number) => () =>
        single(readPairs(pairsPath(folder, of, name), { format: "tsv", signal }));
      const what = `${name}: round ${round} after round ${round - 1}`;
      changes.push(await findChanges(what, pairs(round - 1), pairs(round), signal));
    }
  return changes;
}
