import { createHash } from "node:crypto";
import { join } from "node:path";
import { ModelError } from "../errors.js";
import { type FloatTensor, readTensors } from "../store/safetensors.js";
import { readJson } from "./read-json.js";

/** A layer y = f(W · x + b). */
export interface Dense {
  inputs: number;
  outputs: number;
  /** SHA-256 of the weights and the activation's name. */
  digest: string;
  /** rows × inputs to rows × outputs. */
  apply(vectors: Float32Array): Float32Array;
}

/** Activation functions by the last part of their PyTorch names. */
const ACTIVATIONS: Record<string, (x: number) => number> = {
  Identity: (x) => x,
  Tanh: Math.tanh,
  ReLU: (x) => Math.max(0, x),
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  SiLU: (x) => x / (1 + Math.exp(-x)),
  GELU: (x) => (x * (1 + erf(x * Math.SQRT1_2))) / 2,
};

/**
 * Opens a Dense module's folder: `config.json` and `model.safetensors`.
 *
 * @throws ModelError if it is not there, or its activation is unknown
 */
export async function openDense(folder: string): Promise<Dense> {
  const config = await readJson(join(folder, "config.json"));
  const name = String(config?.activation_function ?? "torch.nn.modules.linear.Identity")
    .split(".")
    .at(-1)!;
  const activate = ACTIVATIONS[name];
  if (!activate) {
    throw new ModelError(
      `${folder}: the activation ${name} is unknown; expected one of ${Object.keys(ACTIVATIONS).join(", ")}.`,
    );
  }
  const names = config?.bias === false ? ["linear.weight"] : ["linear.weight", "linear.bias"];
  const [weight, bias] = await readTensors(join(folder, "model.safetensors"), names);
  const [outputs, inputs] = weight.shape;
  return {
    inputs,
    outputs,
    digest: digestOf(name, [weight, bias]),
    apply: (vectors) => {
      const rows = vectors.length / inputs;
      const result = new Float32Array(rows * outputs);
      for (let row = 0; row < rows; row++) {
        for (let output = 0; output < outputs; output++) {
          let sum = bias ? bias.data[output] : 0;
          for (let i = 0; i < inputs; i++)
            sum += weight.data[output * inputs + i] * vectors[row * inputs + i];
          result[row * outputs + output] = activate(sum);
        }
      }
      return result;
    },
  };
}

function digestOf(activation: string, tensors: (FloatTensor | undefined)[]): string {
  const hash = createHash("sha256").update(activation);
  for (const tensor of tensors) if (tensor) hash.update(tensor.data);
  return hash.digest("hex");
}

/** The error function, within 1.5e-7 (Abramowitz & Stegun 1964, 7.1.26). */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - polynomial * Math.exp(-x * x));
}
