import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { findExternalData } from "../../runtime/external-data.js";

/** One of a folder's model files. */
export interface Variant {
  /** `model` for `model.onnx`, `quantized` for `model_quantized.onnx`. */
  name: string;
  path: string;
  /** With its external data, as far as that is there. */
  bytes: number;
}

/**
 * What is taken where nothing is asked for: float32 before 8 bits, these before 4 and before what GPUs are made for. An
 * exporter for one kind of processor adds its name: `qint8_avx512_vnni`.
 */
const PREFERENCE = [
  /^model$/,
  /^O3$/,
  /^O2$/,
  /^O1$/,
  /^quantized$/,
  /^q?int8/,
  /^q?uint8/,
  /^q4$/,
  /^fp16$/,
  /^O4$/,
];

/** Names of other tools for the same files. */
const ALIASES = new Map([
  ["fp32", "model"],
  ["float32", "model"],
  ["q8", "quantized"],
]);

const plainName = (name: string) => ALIASES.get(name) ?? name;

/**
 * The ONNX models of an encoder, in `onnx/` and beside its configuration, the preferred one first.
 *
 * @param folders where to look, in this order: a file counts once a name
 */
export function listVariants(folders: readonly string[]): Variant[] {
  const found = new Map<string, Variant>();
  for (const place of folders.flatMap((folder) => [join(folder, "onnx"), folder])) {
    for (const file of existsSync(place) ? readdirSync(place).sort() : []) {
      if (!file.endsWith(".onnx")) continue;
      const name = file.slice(0, -".onnx".length).replace(/^model_/, "");
      const path = join(place, file);
      if (!found.has(name))
        found.set(name, { name, path, bytes: bytesOf([path, ...findExternalData(path)]) });
    }
  }
  const rank = ({ name }: Variant) => {
    const place = PREFERENCE.findIndex((pattern) => pattern.test(plainName(name)));
    return place === -1 ? PREFERENCE.length : place;
  };
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

/**
 * Chooses a model file.
 *
 * @param asked a variant's name, also as the file or another tool calls it; the preferred one by default
 * @throws ModelError if there is none, with those that there are
 */
export function chooseVariant(folders: readonly string[], asked?: string): Variant {
  const folder = folders.at(-1);
  const variants = listVariants(folders);
  if (variants.length === 0)
    throw new ModelError(
      `${folder}: has no ONNX model: looked for .onnx files there and in onnx/. Export one, such as onnx/model.onnx, with optimum or sentence-transformers.`,
    );
  if (asked === undefined) return variants[0];
  const plain = asked.replace(/^(?:onnx\/)?(?:model_)?/, "").replace(/\.onnx$/, "");
  const found =
    variants.find(({ name }) => name === plain) ??
    variants.find(({ name }) => plainName(name) === plainName(plain));
  if (found) return found;
  throw new ModelError(
    `${folder}: has no variant ${asked}; it has ${variants.map(({ name }) => name).join(", ")}.`,
  );
}

/**
 * Files that hold a large model's weights beside it.
 *
 * @throws ModelError if one of them is missing
 */
export function externalData(modelPath: string): string[] {
  const paths = findExternalData(modelPath);
  const missing = paths.find((path) => !existsSync(path));
  if (missing === undefined) return paths;
  throw new ModelError(
    `${modelPath}: its weights are in another file, ${missing}, which is missing. Put it beside the model.`,
  );
}

function bytesOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
