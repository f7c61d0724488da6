import { DivergenceError, OptionError } from "../errors.js";
import { areFinite } from "../statistics/are-finite.js";
import { option, say } from "../wording.js";
import { countBags } from "./bags.js";
import { BatchStep, type ShownGroup } from "./batch-step.js";
import { BestTable } from "./best-table.js";
import type { Contrastive } from "./contrastive.js";
import { type Batch, Drawer } from "./draw.js";
import type { Split } from "./held-out.js";
import type { LinearMap } from "./linear-map.js";
import { PURPOSE } from "./purposes.js";
import { randomNumbers } from "./random.js";
import { RowAdagrad } from "./row-adagrad.js";
import type { Checkpoint, TrainedTable, TrainingSettings } from "./training.js";
import type { Validator } from "./validate.js";

export interface TrainingRunSetup {
  table: Float32Array;
  dimensions: number;
  groups: readonly ShownGroup[];
  splits: readonly Split[];
  contrastive: Contrastive;
  map?: LinearMap;
  validator?: Validator;
}

/** The steps of one training, in order: checkpoint, validate, train. */
export class TrainingRun {
  private readonly drawer: Drawer;
  private readonly adagrad: RowAdagrad;
  private readonly batchStep: BatchStep;
  private readonly best: BestTable;
  private readonly heldOut: readonly ReadonlySet<number>[];
  private step: number;

  constructor(
    private readonly setup: TrainingRunSetup,
    private readonly options: TrainingSettings,
  ) {
    const { table, dimensions, splits, map } = setup;
    const { resume } = options;
    this.step = resume?.step ?? 0;
    const pools = splits.map((split) => split.training);
    this.drawer = new Drawer(pools, options);
    this.drawer.skip(this.step);
    this.heldOut = splits.map((split) => new Set(split.heldOut));
    this.adagrad = new RowAdagrad(table, dimensions, resume?.accumulators);
    this.batchStep = new BatchStep({ ...setup, ...options, adagrad: this.adagrad });
    this.best = new BestTable(table, map, resume);
  }

  /** Trains to the end, and leaves the table at its best, the map folded in, however training ends. */
  async finish(): Promise<TrainedTable> {
    const { table, map, validator } = this.setup;
    try {
      const interrupted = await this.run();
      if (!validator) this.keepAsItIs();
      const { step, accuracy } = this.best.kept;
      return { step, accuracy, steps: this.step, interrupted };
    } finally {
      this.best.restore();
      await map?.fold(table);
    }
  }

  /** @returns whether the signal ended it */
  private async run(): Promise<boolean> {
    const { signal, steps, onCheckpoint, checkpointEvery, resume, patience } = this.options;
    try {
      while (true) {
        signal?.throwIfAborted();
        if (this.step % checkpointEvery === 0 && this.step > (resume?.step ?? 0)) {
          await onCheckpoint?.(this.checkpoint());
        }
        await this.validateWhenDue();
        if (this.step >= steps || this.best.misses >= patience) return false;
        await this.train();
      }
    } catch (error) {
      if (!signal?.aborted || error !== signal.reason) throw error;
      await onCheckpoint?.(this.checkpoint());
      // Checked after the checkpoint, which must not hold a validation that an unbroken training would not
      // have made.
      if (this.best.validated !== this.step) await this.validate();
      return true;
    }
  }

  private async validateWhenDue(): Promise<void> {
    const { validateEvery, steps, signal } = this.options;
    const due = this.step % validateEvery === 0 || this.step === steps;
    if (due && this.best.validated !== this.step) await this.validate(signal);
  }

  private async validate(signal?: AbortSignal): Promise<void> {
    const { step, best } = this;
    const { validator } = this.setup;
    if (!validator) return;
    this.checkTable();
    const accuracy = await validator.accuracy(signal);
    const isBest = best.offer(step, accuracy);
    this.options.onValidation?.({ step, accuracy, best: isBest });
  }

  /** Without validation: what is kept is the table as it is. */
  private keepAsItIs(): void {
    this.checkTable();
    this.best.keep(this.step);
  }

  /** A step may push a row out of the range of numbers, and no later batch may hold that row. */
  private checkTable(): void {
    if (areFinite(this.setup.table)) return;
    throw this.failure(`After step ${this.step}: expected finite numbers in the table, found others.`);
  }

  private async train(): Promise<void> {
    const { steps, learningRate, linearMap, seed, validateEvery, onStep } = this.options;
    const started = performance.now();
    const rest = 1 - this.step / steps;
    const batch = this.drawer.next();
    const negatives = await this.drawNegatives(batch);
    const group = this.setup.groups[batch.group];
    const random = randomNumbers(seed, PURPOSE.pieces, this.step);
    const measured = await this.batchStep.measure(group, batch.pairs, negatives, random);
    if (!Number.isFinite(measured.loss)) {
      const what = `expected a finite loss, found ${measured.loss}.`;
      throw this.failure(`Step ${this.step + 1}, a batch of ${group.name}: ${what}`);
    }
    if (!this.setup.validator && this.step % validateEvery === 0) this.keepAsItIs();
    this.step++;
    const mapRate = (linearMap?.learningRate ?? 0) * rest;
    this.batchStep.apply(measured, learningRate * rest, mapRate, this.step);
    const pairsPerSecond = (batch.pairs.length * 1000) / (performance.now() - started);
    onStep?.({ step: this.step, steps, group: group.name, loss: measured.loss, pairsPerSecond });
  }

  private async drawNegatives({ group, pairs }: Batch): Promise<number[]> {
    const negatives = Array.from((await this.options.hardNegatives?.(group, pairs)) ?? []);
    const { name, target } = this.setup.groups[group];
    const strange = negatives.find((pair) => !(pair >= 0 && pair < countBags(target)));
    if (strange !== undefined) {
      throw new OptionError(`${name}: the hard negative ${strange} is not one of its pairs.`);
    }
    return negatives.filter((pair) => !this.heldOut[group].has(pair));
  }

  private checkpoint(): Checkpoint {
    const { table, map } = this.setup;
    const { accumulators } = this.adagrad;
    const { kept, misses, validated } = this.best;
    return { step: this.step, table, accumulators, map: map?.state, kept, misses, validated };
  }

  private failure(what: string): DivergenceError {
    const { learningRate } = this.options;
    const { step, accuracy } = this.best.kept;
    return new DivergenceError(
      `${what} The table is given back as it was after step ${step}.`,
      { step, accuracy, steps: this.step },
      { advice: say`Lower ${option("learningRate")} (${learningRate}).` },
    );
  }
}
