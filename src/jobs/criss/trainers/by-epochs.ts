import type { JobEvent } from "../../../events.js";

/** What is given, and for the rest the defaults. */
export function settle<Settings extends object>(given: Partial<Settings>, defaults: Settings): Settings {
  const names = Object.keys(defaults) as (keyof Settings)[];
  return Object.fromEntries(names.map((name) => [name, given[name] ?? defaults[name]])) as Settings;
}

/**
 * How many steps it takes to see the pairs of each group so many times; a group has at least one batch.
 *
 * @param leastSteps for each group, however few its pairs are
 */
export function countSteps(
  pairs: readonly number[],
  { epochs, batch, leastSteps = 0 }: { epochs: number; batch: number; leastSteps?: number },
): number {
  return Math.ceil(
    pairs.reduce((sum, count) => sum + Math.max(leastSteps, epochs * Math.max(1, count / batch)), 0),
  );
}

/** Tells of steps as a job does. */
export function tellSteps(onEvent: (event: JobEvent) => void, total: number) {
  return ({ step, loss }: { step: number; loss: number }): void =>
    onEvent({
      kind: "progress",
      stage: "train",
      done: step,
      total,
      unit: "steps",
      detail: `loss ${loss.toFixed(3)}`,
    });
}
