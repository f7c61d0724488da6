import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { ModelError } from "../../errors.js";
import { findExternalData } from "../../runtime/external-data.js";
import { checkModelFile, isThere } from "../../store/files/unreadable.js";

/** One of a folder's model files. */
export interface Variant {
  /** `model` for `model.onnx`, `quantized` for `model_quantized.onnx`. */
  name: string;
  path: string;
  /** With its external data, as far as that is there. */
  bytes: number;
}

/**
 * The order of preference where no variant is asked for: float32, then 8 bits, then 4, then formats for GPUs. An
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

const SUFFIX = ".onnx";
/** The folder that exporters put model files into. */
export const ONNX = "onnx";

/** What other exporters call the halves of a translator; they tell nothing of its languages. */
const HALF = /^(?:encoder|decoder)_/;

const plainName = (name: string) => ALIASES.get(name) ?? name;

/**
 * The model files among some, the preferred one first.
 *
 * @param paths in the order in which they count: a name counts once
 */
export function rankVariants(paths: readonly string[]): Omit<Variant, "bytes">[] {
  const found = new Map<string, Omit<Variant, "bytes">>();
  for (const path of paths) {
    if (!path.endsWith(SUFFIX)) continue;
    const name = basename(path, SUFFIX).replace(/^model_/, "");
    if (!found.has(name)) found.set(name, { name, path });
  }
  const rank = ({ name }: { name: string }) => {
    const place = PREFERENCE.findIndex((pattern) => pattern.test(plainName(name)));
    return place === -1 ? PREFERENCE.length : place;
  };
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

/**
 * One of ranked variants.
 *
 * @param asked a variant's name, also as the file or another tool calls it; the first by default
 * @throws ModelError if there is none, with those that there are, or if they are halves of a translator
 */
export function pickVariant<V extends { name: string }>(
  encoder: string,
  all: readonly V[],
  asked?: string,
): V {
  const variants = all.filter(({ name }) => !HALF.test(name));
  if (variants.length < all.length && variants.length === 0)
    throw new ModelError(
      `${encoder}: has ${all.map(({ name }) => `${name}${SUFFIX}`).join(", ")} of a translator; expected its encoder as model${SUFFIX}, with what tells its languages.`,
      { advice: "Export it with pipelines/export-onnx.py, and name the folder that it makes." },
    );
  if (variants.length === 0)
    throw new ModelError(`${encoder}: has no ONNX model: there are no .onnx files in it or in its onnx/.`, {
      advice: "Export one with pipelines/export-onnx.py, and name the folder that it makes.",
    });
  if (asked === undefined) return variants[0];
  const plain = asked.replace(/^(?:onnx\/)?(?:model_)?/, "").replace(/\.onnx$/, "");
  const found =
    variants.find(({ name }) => name === plain) ??
    variants.find(({ name }) => plainName(name) === plainName(plain));
  if (found) return found;
  throw new ModelError(
    `${encoder}: has no variant ${asked}; it has ${variants.map(({ name }) => name).join(", ")}.`,
  );
}

/**
 * The ONNX models of an encoder, in `onnx/` and beside its configuration, the preferred one first.
 *
 * @param folders where to look, in this order: a file counts once a name
 */
export function listVariants(folders: readonly string[]): Variant[] {
  const places = folders.flatMap((folder) => [join(folder, ONNX), folder]);
  const paths = places.flatMap((place) =>
    (isFolder(place) ? readdirSync(place).sort() : []).map((file) => join(place, file)),
  );
  return rankVariants(paths).map(({ name, path }) => ({
    name,
    path,
    bytes: bytesOf([path, ...findExternalData(path)]),
  }));
}

/**
 * Chooses a model file of a folder.
 *
 * @throws ModelError if there is none, with those that there are
 */
export function chooseVariant(folders: readonly string[], asked?: string): Variant {
  return pickVariant(folders.at(-1)!, listVariants(folders), asked);
}

/**
 * Files that hold a large model's weights beside it.
 *
 * @throws ModelError if one of them is missing, or cannot be read
 */
export function externalData(modelPath: string): string[] {
  const paths = findExternalData(modelPath);
  const missing = paths.find((path) => !isThere(path));
  if (missing === undefined) {
    paths.forEach(checkModelFile);
    return paths;
  }
  throw new ModelError(`${modelPath}: its weights are in another file, ${missing}, which is missing.`, {
    advice: "Put it beside the model.",
  });
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

function bytesOf(paths: readonly string[]): number {
  // What cannot be read is reported where it is needed.
  return paths.reduce((sum, path) => sum + (existsSync(path) ? statSync(path).size : 0), 0);
}
