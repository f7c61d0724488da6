import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ModelError } from "../../errors.js";

/** One of a folder's model files. */
export interface Variant {
  /** `model` for `model.onnx`, `quantized` for `model_quantized.onnx`. */
  name: string;
  path: string;
  /** With its external data. */
  bytes: number;
}

/** What is taken where nothing is asked for: float32 before 8 bits, these before 4 and before what GPUs are made for. */
const PREFERENCE = ["model", "O3", "O2", "O1", "quantized", "int8", "uint8", "q4", "fp16", "O4"];

/** Names of other tools for the same files. */
const ALIASES: Record<string, string> = { fp32: "model", float32: "model", q8: "quantized" };

/** The ONNX models of a folder, in `onnx/` and beside its configuration, the preferred one first. */
export function listVariants(folder: string): Variant[] {
  const found = new Map<string, Variant>();
  for (const place of [join(folder, "onnx"), folder]) {
    for (const file of existsSync(place) ? readdirSync(place).sort() : []) {
      if (!file.endsWith(".onnx")) continue;
      const name = file.slice(0, -".onnx".length).replace(/^model_/, "");
      const path = join(place, file);
      if (!found.has(name)) found.set(name, { name, path, bytes: bytesOf([path, ...externalData(path)]) });
    }
  }
  const rank = ({ name }: Variant) => PREFERENCE.indexOf(name) + 1 || PREFERENCE.length + 1;
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

/**
 * Chooses a model file.
 *
 * @param asked a variant's name, also as the file is called; the preferred one by default
 * @throws ModelError if there is none, with those that there are
 */
export function chooseVariant(folder: string, asked?: string): Variant {
  const variants = listVariants(folder);
  if (variants.length === 0)
    throw new ModelError(
      `${folder}: has no ONNX model: looked for .onnx files there and in onnx/. Export one, such as onnx/model.onnx, with optimum or sentence-transformers.`,
    );
  if (asked === undefined) return variants[0];
  const plain = asked.replace(/^(?:onnx\/)?(?:model_)?/, "").replace(/\.onnx$/, "");
  const found = variants.find(({ name }) => name === (ALIASES[plain] ?? plain));
  if (found) return found;
  throw new ModelError(
    `${folder}: has no variant ${asked}; it has ${variants.map(({ name }) => name).join(", ")}.`,
  );
}

/** Files that hold a large model's weights beside it, by the names that exporters give them. */
export function externalData(modelPath: string): string[] {
  return [`${modelPath}_data`, `${modelPath}.data`].filter((path) => existsSync(path));
}

function bytesOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + statSync(path).size, 0);
}
