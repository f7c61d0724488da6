import { existsSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { CHAT_TEMPLATE } from "../embed/folder/chat-template.js";
import { listModules } from "../embed/folder/list-modules.js";
import { placeInput } from "../embed/folder/read-modules.js";
import { TOKENIZERS } from "../embed/folder/tokenizer-file.js";
import { MODULE_SETTINGS } from "../embed/folder/transformer-settings.js";
import { ONNX, pickVariant, rankVariants } from "../embed/folder/variants.js";
import { ModelError } from "../errors.js";
import { findExternalData } from "../runtime/external-data.js";

/** What tells what a re-scorer is and how its texts are cut into tokens. */
export const CONFIGURATION = [
  "modules.json",
  "config_sentence_transformers.json",
  "config.json",
  "tokenizer_config.json",
  "special_tokens_map.json",
  CHAT_TEMPLATE,
  ...MODULE_SETTINGS,
];

/** What tells that a folder is of another kind; nobody reads them. */
const HEADS = "sparse_linear.pt";
const BICLEANER = "metadata.yaml";

/** How to get a folder that can be used. */
export const EXPORT =
  "Export it with python3 pipelines/export-onnx.py NAME FOLDER (of crisscross), and give the folder.";

/**
 * The files of a re-scorer that are needed to open it, as far as those already in its folder tell.
 *
 * @param name its name in messages
 * @param path its folder, where files may be missing
 * @param files all files that there are, relative to the folder
 * @throws ModelError if they cannot make a re-scorer
 */
export async function neededFiles(
  name: string,
  path: string,
  files: readonly string[],
  variant?: string,
): Promise<string[]> {
  const has = new Set(files);
  const configuration = CONFIGURATION.filter((file) => has.has(file));
  if (configuration.some((file) => !existsSync(join(path, file)))) return configuration;
  const tokenizerIn = (folder: string) =>
    TOKENIZERS.map((file) => posix.join(folder, file)).find((file) => has.has(file));
  const input = placeInput((await listModules(path)) ?? [], (folder) => tokenizerIn(folder) !== undefined);
  const places = [...new Set([input.module, input.path])];
  const models = rankVariants(
    places.flatMap((place) =>
      [posix.join(place, ONNX), place || "."].flatMap((folder) =>
        files.filter((file) => dirname(file) === folder),
      ),
    ),
  );
  refuseOtherKinds(name, files, models.length > 0);
  const tokenizer = tokenizerIn(input.path);
  if (tokenizer === undefined) throw new ModelError(`${name}: has no tokenizer.json.`, { advice: EXPORT });
  const model = pickVariant(name, models, variant).path;
  const beside = places.flatMap((folder) => CONFIGURATION.map((file) => posix.join(folder, file)));
  const weights = findExternalData(join(path, model)).map((file) =>
    relative(path, file).split(sep).join("/"),
  );
  const missing = weights.find((file) => !has.has(file));
  if (missing !== undefined)
    throw new ModelError(`${name}: the weights of ${model} are in ${missing}, which is missing.`);
  return [...new Set([...configuration, ...beside, tokenizer, model, ...weights])].filter((file) =>
    has.has(file),
  );
}

/** @throws ModelError for a folder whose model, or a part of it, only its own program reads */
export function refuseOtherKinds(name: string, files: readonly string[], hasModel: boolean): void {
  if (files.includes(HEADS))
    throw new ModelError(`${name}: keeps BGE-M3's heads in ${HEADS}, which PyTorch alone reads.`, {
      advice: EXPORT,
    });
  if (hasModel) return;
  if (files.includes(BICLEANER))
    throw new ModelError(
      `${name}: is a Bicleaner AI classifier (it has ${BICLEANER}), whose model is TensorFlow's and has two classes; expected an ONNX model with one logit.`,
      { advice: "Score with bicleaner-ai-classify, and filter by its score." },
    );
  throw new ModelError(`${name}: has no ONNX model: there are no .onnx files in it or in its onnx/.`, {
    advice: EXPORT,
  });
}
