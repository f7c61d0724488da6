import { createHash } from "node:crypto";
import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { type FloatTensor, openTensors } from "../../store/arrays/safetensors.js";
import { isThere } from "../../store/files/unreadable.js";
import { ACTIVATIONS } from "./activations.js";
import { checkFields } from "./known-fields.js";
import { readSettings } from "./read-json.js";
import type { VectorStep } from "./vector-step.js";

/** What PyTorch's module is without the field in its configuration. */
const DEFAULT_ACTIVATION = "torch.nn.modules.activation.Tanh";
/** An activation of the folder's own is code, which the library does not run, either. */
const PYTORCH = "torch.";

/**
 * Opens a Dense module's folder, y = f(W · x + b), and with `use_residual` x, or R · x, added: `config.json` and
 * `model.safetensors`.
 *
 * @throws ModelError if it is not there, or asks for what is unknown
 */
export async function openDense(folder: string): Promise<VectorStep> {
  const settings = join(folder, "config.json");
  const config = await readSettings(settings);
  checkFields(settings, config, "Dense");
  const activation = String(config.activation_function ?? DEFAULT_ACTIVATION);
  if (!activation.startsWith(PYTORCH))
    throw new ModelError(`${settings}: activation_function is ${activation}; expected one of PyTorch's.`);
  const name = activation.split(".").at(-1)!;
  if (!Object.hasOwn(ACTIVATIONS, name))
    throw new ModelError(
      `${settings}: activation_function ${name} is unknown; expected one of ${Object.keys(ACTIVATIONS).join(", ")}.`,
    );
  const activate = ACTIVATIONS[name];
  const { weight, bias, residual } = await readWeights(folder, config);
  const [outputs, inputs] = weight.shape;
  const shortcut = (vectors: Float32Array) => (residual ? multiply(vectors, residual) : vectors);
  return {
    name: `dense ${inputs} → ${outputs}, ${name.toLowerCase()}`,
    digest: digestOf(`${name}${config.use_residual === true}`, [weight, bias, residual]),
    apply: (vectors, dimensions) => {
      if (dimensions !== inputs)
        throw new ModelError(
          `${folder}: the Dense module takes vectors of ${inputs} numbers, but gets ${dimensions}: the folder's files belong to different models.`,
        );
      const result = multiply(vectors, weight, bias);
      for (let i = 0; i < result.length; i++) result[i] = activate(result[i]);
      if (config.use_residual === true) {
        const added = shortcut(vectors);
        for (let i = 0; i < result.length; i++) result[i] += added[i];
      }
      return result;
    },
  };
}

interface Weights {
  weight: FloatTensor;
  bias?: FloatTensor;
  /** The matrix that the input goes through before it is added, where the sizes differ. */
  residual?: FloatTensor;
}

async function readWeights(
  folder: string,
  config: { bias?: unknown; use_residual?: unknown },
): Promise<Weights> {
  const weights = join(folder, "model.safetensors");
  if (!isThere(weights))
    throw new ModelError(`${folder}: has no model.safetensors; weights in pytorch_model.bin are not read.`, {
      advice: "Load the encoder with sentence-transformers and save it again.",
    });
  await using file = await openTensors(weights);
  const weight = await file.read("linear.weight");
  const bias = config.bias === false ? undefined : await file.read("linear.bias");
  const [outputs, inputs] = weight.shape;
  const resized = config.use_residual === true && inputs !== outputs;
  return { weight, bias, residual: resized ? await file.read("residual.weight") : undefined };
}

/** rows × inputs times the transpose of `weight`, outputs × inputs. */
function multiply(vectors: Float32Array, weight: FloatTensor, bias?: FloatTensor): Float32Array {
  const [outputs, inputs] = weight.shape;
  const rows = vectors.length / inputs;
  const result = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++) {
      let sum = bias ? bias.data[output] : 0;
      for (let i = 0; i < inputs; i++) sum += weight.data[output * inputs + i] * vectors[row * inputs + i];
      result[row * outputs + output] = sum;
    }
  }
  return result;
}

function digestOf(settings: string, tensors: (FloatTensor | undefined)[]): string {
  const hash = createHash("sha256").update(settings);
  for (const tensor of tensors) if (tensor) hash.update(tensor.data);
  return hash.digest("hex");
}
