import type { LinearMap } from "./linear-map.js";
import type { Checkpoint, Kept } from "./training.js";

/** Keeps a copy of the table (and its map) at its best, and gives it back. Memory: as much as the table. */
export class BestTable {
  readonly kept: Kept;
  misses: number;
  validated: number;

  /** @param resume what it had kept before; its arrays are taken over */
  constructor(
    private readonly table: Float32Array,
    private readonly map: LinearMap | undefined,
    resume?: Checkpoint,
  ) {
    this.kept = resume?.kept ?? {
      step: 0,
      accuracy: Number.NaN,
      table: table.slice(),
      map: map?.state.values.slice(),
    };
    this.misses = resume?.misses ?? 0;
    this.validated = resume?.validated ?? -1;
  }

  /** @returns whether the table is better than what was kept; if so, it is now kept. */
  offer(step: number, accuracy: number): boolean {
    this.validated = step;
    const worse = accuracy <= this.kept.accuracy;
    this.misses = worse ? this.misses + 1 : 0;
    if (!worse) this.keep(step, accuracy);
    return !worse;
  }

  /** Keeps the table whatever it is worth. */
  keep(step: number, accuracy = Number.NaN): void {
    this.kept.step = step;
    this.kept.accuracy = accuracy;
    this.kept.table.set(this.table);
    if (this.map) this.kept.map?.set(this.map.state.values);
  }

  restore(): void {
    this.table.set(this.kept.table);
    if (this.kept.map) this.map?.state.values.set(this.kept.map);
  }
}
