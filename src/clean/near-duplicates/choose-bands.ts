import { OptionError } from "../../errors.js";

/** How a signature is cut: two documents meet where all rows of some band agree. */
export interface Bands {
  bands: number;
  rows: number;
}

const STEPS = 1000;

/** The chance that two documents of this similarity meet: 1 − (1 − sʳ)ᵇ (Leskovec et al., ch. 3.4). */
export function chanceToMeet(similarity: number, { bands, rows }: Bands): number {
  return 1 - (1 - similarity ** rows) ** bands;
}

/**
 * The bands and rows for a threshold, among those that fit into a signature: those with the least sum of two errors,
 * each added up over all similarities: meeting below the threshold, and not meeting above it.
 *
 * @throws OptionError unless the threshold is above 0 and at most 1
 */
export function chooseBands(threshold: number, permutations: number): Bands {
  if (!(threshold > 0 && threshold <= 1))
    throw new OptionError(
      `The threshold of near-duplicates is ${threshold}; expected a similarity above 0 and at most 1.`,
    );
  let best: Bands & { errors: number } = { bands: 1, rows: 1, errors: Number.POSITIVE_INFINITY };
  for (let rows = 1; rows <= permutations; rows++)
    for (let bands = 1; bands * rows <= permutations; bands++) {
      const errors = errorsOf({ bands, rows }, threshold);
      if (errors < best.errors) best = { bands, rows, errors };
    }
  return { bands: best.bands, rows: best.rows };
}

function errorsOf(choice: Bands, threshold: number): number {
  let errors = 0;
  for (let step = 0; step < STEPS; step++) {
    const similarity = (step + 0.5) / STEPS;
    const chance = chanceToMeet(similarity, choice);
    errors += similarity < threshold ? chance : 1 - chance;
  }
  return errors;
}
