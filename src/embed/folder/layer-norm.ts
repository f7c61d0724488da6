import { createHash } from "node:crypto";
import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { openTensors } from "../../store/arrays/safetensors.js";
import { checkFields } from "./known-fields.js";
import { readSettings } from "./read-json.js";
import type { VectorStep } from "./vector-step.js";

/** PyTorch's default, which the configuration cannot change. */
const EPSILON = 1e-5;

/**
 * Opens a LayerNorm module's folder (Ba et al. 2016): each vector less its mean, over its standard deviation, times a
 * weight and plus a bias.
 *
 * @throws ModelError if it is not there, or asks for what is unknown
 */
export async function openLayerNorm(folder: string): Promise<VectorStep> {
  const settings = join(folder, "config.json");
  checkFields(settings, await readSettings(settings), "LayerNorm");
  await using file = await openTensors(join(folder, "model.safetensors"));
  const [{ data: weight }, { data: bias }] = [await file.read("norm.weight"), await file.read("norm.bias")];
  return {
    name: `layer norm ${weight.length}`,
    digest: createHash("sha256").update("layer norm").update(weight).update(bias).digest("hex"),
    apply: (vectors, dimensions) => {
      if (dimensions !== weight.length)
        throw new ModelError(
          `${folder}: the LayerNorm module takes vectors of ${weight.length} numbers, but gets ${dimensions}: the folder's files belong to different models.`,
        );
      for (let start = 0; start < vectors.length; start += dimensions)
        normalise(vectors.subarray(start, start + dimensions), weight, bias);
      return vectors;
    },
  };
}

function normalise(vector: Float32Array, weight: Float32Array, bias: Float32Array): void {
  const mean = vector.reduce((sum, value) => sum + value, 0) / vector.length;
  const variance = vector.reduce((sum, value) => sum + (value - mean) ** 2, 0) / vector.length;
  const scale = 1 / Math.sqrt(variance + EPSILON);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] - mean) * scale * weight[i] + bias[i];
}
