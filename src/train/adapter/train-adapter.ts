import { TrainingError } from "../../errors.js";
import { option, say } from "../../wording.js";
import { type Contrastive, openContrastive } from "../contrastive.js";
import { Drawer } from "../draw.js";
import { gatherBatch, joinGradients, partBatch } from "./adapter-batch.js";
import { type AdapterGroup, type AdapterOptions, checkAdapterSettings } from "./adapter-training.js";
import { type LowRankMap, openLowRankMap } from "./low-rank-map.js";

/**
 * Trains a linear map over vectors that stay as they are: a pair's two vectors shall be nearer to each other than to the
 * others of their batch and to their hard negatives, in both directions and by a margin (`openContrastive`).
 *
 * Same groups and options give the same bytes. Memory: a batch, and six maps.
 *
 * @returns dimensions × dimensions: a centred row vector x becomes x · matrix
 * @throws OptionError before anything is done; TrainingError if the loss is no longer a number; the signal's reason when
 *   it aborts
 */
export async function trainAdapter(
  dimensions: number,
  groups: readonly AdapterGroup[],
  options: AdapterOptions,
): Promise<Float32Array> {
  checkAdapterSettings(options);
  const { scale, additiveMargin: margin, threads } = options;
  const rank = Math.min(options.rank, dimensions);
  await using map = await openLowRankMap(dimensions, rank, options);
  await using contrastive = await openContrastive({ dimensions, scale, margin, threads });
  await run(groups, { dimensions, map, contrastive }, options);
  return await map.matrix();
}

/** A map, and the loss of what it makes of vectors. */
interface Model {
  dimensions: number;
  map: LowRankMap;
  contrastive: Contrastive;
}

async function run(
  groups: readonly AdapterGroup[],
  { dimensions, map, contrastive }: Model,
  options: AdapterOptions,
): Promise<void> {
  const { steps, learningRate, signal, onStep } = options;
  const pools = groups.map(({ source }) => Uint32Array.from(source.rows.keys()));
  const drawer = new Drawer(pools, options);
  for (let step = 0; step < steps; step++) {
    signal?.throwIfAborted();
    const { group, pairs } = drawer.next();
    const batch = gatherBatch(groups[group], pairs, step);
    const mapped = await map.forward(batch.vectors);
    const found = await contrastive.step(...partBatch(batch, mapped, dimensions));
    if (!Number.isFinite(found.loss))
      throw new TrainingError(
        `Step ${step + 1}, a batch of ${groups[group].name}: expected a finite loss, found ${found.loss}.`,
        { advice: say`Lower ${option("learningRate")} (${learningRate}).` },
      );
    const gradient = await map.backward(batch.vectors, joinGradients(found));
    map.step(gradient, learningRate * (1 - step / steps), step + 1);
    onStep?.({ step: step + 1, loss: found.loss });
  }
}
