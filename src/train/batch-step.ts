import type { Bits } from "../store/hashes/bits.js";
import { type Bags, dropPieces, numberBags, type StoredBags, takeBags } from "./bags.js";
import type { Contrastive } from "./contrastive.js";
import type { HideKnown, KnownPieces } from "./find-known.js";
import { BagInverter } from "./invert-bags.js";
import type { LinearMap } from "./linear-map.js";
import type { RowAdagrad } from "./row-adagrad.js";
import { sumRows } from "./sum-rows.js";
import type { TrainingGroup } from "./training.js";

/** So many rows' gradients stay in the cache between being summed and being used. */
const UPDATE_ROWS = 512;

/** What a batch says of the table, before the table is changed. */
export interface Measured {
  loss: number;
  bags: Bags;
  /** The loss's derivatives by the bags' sums. */
  gradients: Float32Array;
  mapGradient?: Float32Array;
}

export interface BatchStepSetup {
  table: Float32Array;
  dimensions: number;
  contrastive: Contrastive;
  adagrad: RowAdagrad;
  map?: LinearMap;
  maxPieces: number;
  pieceDropout: number;
  hideKnown?: HideKnown;
}

/** A group, and what is known of its pairs and is hidden at times. */
export interface ShownGroup extends TrainingGroup {
  known?: KnownPieces;
}

/** One step over one batch, in two halves: the loss and its gradients, then the change. */
export class BatchStep {
  private readonly inverter: BagInverter;
  private readonly rowGradients: Float32Array;

  constructor(private readonly setup: BatchStepSetup) {
    this.inverter = new BagInverter(setup.table.length / setup.dimensions);
    this.rowGradients = new Float32Array(UPDATE_ROWS * setup.dimensions);
  }

  /** @param negatives numbers of pairs whose targets are further wrong answers */
  async measure(
    group: ShownGroup,
    pairs: Uint32Array,
    negatives: ArrayLike<number>,
    random: () => number,
  ): Promise<Measured> {
    const { table, dimensions, map, maxPieces, pieceDropout } = this.setup;
    const { source, target } = group;
    const texts = takeBags(
      [
        { bags: source, indices: pairs },
        { bags: target, indices: pairs },
        { bags: target, indices: negatives },
      ],
      maxPieces,
    );
    const shown = group.known ? this.hide(group, group.known, { pairs, negatives, random }) : texts;
    const bags = pieceDropout > 0 ? dropPieces(shown, pieceDropout, random) : shown;
    const sums = sumRows(table, dimensions, bags);
    const mapped = map ? await map.forward(sums) : sums;
    const { loss, gradients } = await this.contrast(mapped, pairs.length, numberBags(texts));
    if (!map) return { loss, bags, gradients };
    const back = await map.backward(sums, gradients);
    return { loss, bags, gradients: back.sums, mapGradient: back.map };
  }

  /** The batch's texts, without what is known of some pairs; both sides of a pair alike. */
  private hide(
    { source, target }: TrainingGroup,
    known: KnownPieces,
    { pairs, negatives, random }: { pairs: Uint32Array; negatives: ArrayLike<number>; random: () => number },
  ): Bags {
    const { maxPieces, hideKnown } = this.setup;
    const of = Array.from(pairs, () => random() < (hideKnown?.share ?? 0));
    const side = (bags: StoredBags, pieces: Bits) => ({ bags, indices: pairs, hidden: { pieces, of } });
    return takeBags(
      [side(source, known.source), side(target, known.target), { bags: target, indices: negatives }],
      maxPieces,
    );
  }

  /** Changes the table's rows that the batch held, and the map, against the gradient. */
  apply({ bags, gradients, mapGradient }: Measured, rate: number, mapRate: number, step: number): void {
    const { dimensions, adagrad, map } = this.setup;
    const { rows, holders } = this.inverter.invert(bags);
    for (let first = 0; first < rows.length; first += UPDATE_ROWS) {
      const end = Math.min(first + UPDATE_ROWS, rows.length);
      const into = this.rowGradients;
      adagrad.step(
        rows.subarray(first, end),
        sumRows(gradients, dimensions, holders, { first, end, into }),
        rate,
      );
    }
    if (mapGradient) map?.step(mapGradient, mapRate, step);
  }

  /** @param sums the sources', the targets', the negatives' */
  private async contrast(sums: Float32Array, pairs: number, ids: Int32Array) {
    const { dimensions, contrastive } = this.setup;
    const side = pairs * dimensions;
    const found = await contrastive.step(sums.subarray(0, side), sums.subarray(side, 2 * side), {
      sourceIds: ids.subarray(0, pairs),
      targetIds: ids.subarray(pairs, 2 * pairs),
      negatives: { sums: sums.subarray(2 * side), ids: ids.subarray(2 * pairs) },
    });
    const gradients = new Float32Array(sums.length);
    gradients.set(found.sourceGradient);
    gradients.set(found.targetGradient, side);
    if (found.negativesGradient) gradients.set(found.negativesGradient, 2 * side);
    return { loss: found.loss, gradients };
  }
}
