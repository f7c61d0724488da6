import { checkNumbers, checkPositive } from "../check-values.js";
import { encodeGraph } from "../runtime/graph.js";
import { openSession, type Session, Tensor, type Tensors } from "../runtime/session.js";
import { contrastiveGraph } from "./contrastive-graph.js";
import { floats, matrixTensor } from "./tensors.js";

export interface ContrastiveOptions {
  dimensions: number;
  /** What cosines are multiplied by before the softmax: one over the temperature. @default 20 */
  scale?: number;
  /** Taken from the cosine of a true pair, so that it must win by that much. @default 0 */
  margin?: number;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

/** What else a batch says about its texts. Equal numbers stand for equal texts. */
export interface BatchTexts {
  /** One number a source; without them all are held to be different. */
  sourceIds?: Int32Array;
  /** One number a target; without them all are held to be different. */
  targetIds?: Int32Array;
  negatives?: {
    /** Raw sums of further target-side texts, row-major: more wrong answers for every source. */
    sums: Float32Array;
    /** One number a negative, comparable with `targetIds`. */
    ids: Int32Array;
  };
}

export interface ContrastiveStep {
  /** Mean over the batch, in nats. */
  loss: number;
  /** The loss's derivatives by the raw sums, of the sums' shapes. */
  sourceGradient: Float32Array;
  targetGradient: Float32Array;
  negativesGradient?: Float32Array;
}

export interface Contrastive extends AsyncDisposable {
  /**
   * The loss of one batch and its gradients.
   *
   * @param source raw (not normalised) sums of the sources, row-major: pairs × dimensions
   * @param target the same of their translations: row i translates row i
   */
  step(source: Float32Array, target: Float32Array, texts?: BatchTexts): Promise<ContrastiveStep>;
}

/**
 * In-batch contrastive loss with additive margin (Yang et al. 2019, "Improving Multilingual Sentence Embedding using
 * Bi-directional Dual Encoder with Additive Margin Softmax"): the mean of both directions' cross-entropy over
 * s · (cos − m · [true pair]). A wrong answer whose text equals the right one's is left out.
 *
 * Sums of length 0 have no direction: all their cosines are 0 and so is their gradient.
 * Memory: about 6 matrices of pairs × (pairs + negatives) float32 numbers.
 */
export async function openContrastive(options: ContrastiveOptions): Promise<Contrastive> {
  const { dimensions, scale = 20, margin = 0, threads } = options;
  checkPositive({ scale });
  checkNumbers({ margin }, "a number", Number.isFinite);
  const open = (negatives: boolean) =>
    openSession(encodeGraph(contrastiveGraph({ dimensions, scale, margin, negatives })), threads);
  const plain = await open(false);
  let withNegatives: Promise<Session> | undefined;
  return {
    async step(source, target, texts = {}) {
      const inputs = describeBatch(source, target, texts, { dimensions, scale });
      if (!inputs.negatives) return readStep(await plain.run(inputs));
      withNegatives ??= open(true);
      return readStep(await (await withNegatives).run(inputs));
    },
    async [Symbol.asyncDispose]() {
      await plain.close();
      await (await withNegatives)?.close();
    },
  };
}

function describeBatch(
  source: Float32Array,
  target: Float32Array,
  { sourceIds, targetIds, negatives }: BatchTexts,
  { dimensions, scale }: { dimensions: number; scale: number },
): Tensors {
  const pairs = source.length / dimensions;
  const numbers = Int32Array.from({ length: pairs }, (_, i) => i);
  const matrix = (values: Float32Array) => matrixTensor(values, dimensions);
  const ids = (values: Int32Array) => new Tensor("int32", values, [values.length]);
  const batch = {
    source: matrix(source),
    target: matrix(target),
    sourceIds: ids(sourceIds ?? numbers),
    targetIds: ids(targetIds ?? numbers),
    diagonal: new Tensor("int64", BigInt64Array.from(numbers, BigInt), [pairs, 1]),
    factor: new Tensor("float32", [scale / (2 * pairs)], [1]),
  };
  if (!negatives || negatives.ids.length === 0) return batch;
  return { ...batch, negatives: matrix(negatives.sums), negativeIds: ids(negatives.ids) };
}

function readStep(outputs: Tensors): ContrastiveStep {
  return {
    loss: floats(outputs.loss)[0],
    sourceGradient: floats(outputs.sourceGradient),
    targetGradient: floats(outputs.targetGradient),
    ...("negativesGradient" in outputs && { negativesGradient: floats(outputs.negativesGradient) }),
  };
}
