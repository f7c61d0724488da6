import { createHash } from "node:crypto";
import { join } from "node:path";
import { readEncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { encodeGraph, type Graph } from "../../../runtime/graph.js";
import { openSession, Tensor } from "../../../runtime/session.js";
import { readTensors } from "../../../store/arrays/safetensors.js";
import { floats, matrixTensor } from "../../../train/tensors.js";
import { matrixSpec, node, normalise, UNIT_CONSTANTS } from "../../../train/unit-vectors.js";
import type { Layer } from "../known-encoder.js";

/** Opens the linear layer that an adapter's folder ends with, for the vectors of the encoder that it was put over. */
export async function openAdapterLayer(folder: string, inputs: number, threads?: number): Promise<Layer> {
  const { modules } = await readEncoderFolder(folder);
  const [weight, bias] = await readTensors(join(modules.folders.at(-2)!, "model.safetensors"), [
    "linear.weight",
    "linear.bias",
  ]);
  const [outputs, columns] = weight.shape;
  const session = await openSession(encodeGraph(layerGraph(inputs, outputs)), threads);
  const fixed = {
    weight: matrixTensor(firstColumns(weight.data, columns, inputs), inputs),
    bias: new Tensor("float32", bias.data, [outputs]),
  };
  return {
    digest: createHash("sha256").update(weight.data).update(bias.data).digest("hex"),
    dimensions: outputs,
    apply: async (vectors) =>
      floats((await session.run({ vectors: matrixTensor(vectors, inputs), ...fixed })).result),
    close: () => session.close(),
  };
}

/** A layer takes whole vectors also where the encoder's own are cut: to the rest it gives no weight. */
function firstColumns(weight: Float32Array, columns: number, inputs: number): Float32Array {
  return weight.filter((_, i) => i % columns < inputs);
}

function layerGraph(inputs: number, outputs: number): Graph {
  return {
    inputs: [
      matrixSpec("vectors", "rows", inputs),
      { name: "weight", type: "float32", shape: [outputs, inputs] },
      { name: "bias", type: "float32", shape: [outputs] },
    ],
    constants: UNIT_CONSTANTS,
    nodes: [
      node("Gemm", ["vectors", "weight", "bias"], "mapped", { attributes: { transB: 1 } }),
      ...normalise("mapped"),
      node("ReduceSumSquare", ["vectors", "last"], "squared"),
      node("Equal", ["squared", "zero"], "nothing?"),
      node("Where", ["nothing?", "zero", "mappedUnit"], "result"),
    ],
    outputs: [matrixSpec("result", "rows", outputs)],
  };
}
