import { existsSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { ModelError } from "../../errors.js";
import { findExternalData } from "../../runtime/external-data.js";
import { CHAT_TEMPLATE, CHAT_TEMPLATES } from "./chat-template.js";
import { PROCESSORS } from "./check-processor.js";
import { LANGUAGE_CODES } from "./language-codes.js";
import { type ListedModule, listModules, listRouters, listRoutes } from "./list-modules.js";
import { readModel2Vec } from "./model2vec.js";
import { readSettings } from "./read-json.js";
import { placeInput } from "./read-modules.js";
import { ROUTER_SETTINGS } from "./router.js";
import { TOKENIZERS } from "./tokenizer-file.js";
import { MODULE_SETTINGS } from "./transformer-settings.js";
import { ONNX, pickVariant, rankVariants } from "./variants.js";

const MODULES = "modules.json";
const WEIGHTS = "model.safetensors";
/** What tells which other files are needed. */
export const CONFIGURATION = [MODULES, "config_sentence_transformers.json", "config.json"];
const BESIDE_TOKENIZER = ["config.json", "tokenizer_config.json", LANGUAGE_CODES, CHAT_TEMPLATE].concat(
  MODULE_SETTINGS,
);
/** What a chat template depends on beside. */
const BESIDE_TEMPLATE = ["special_tokens_map.json", ...PROCESSORS];

/** Which of an encoder's files are needed. */
export interface Needs {
  variant?: string;
  /** Whether the model's weights are needed. */
  weights: boolean;
  /** What texts are encoded for; nothing for sentences. @default nothing */
  tasks?: readonly (string | undefined)[];
}

/**
 * The files of an encoder that are needed to open it, as far as the files already in its folder tell: its modules with
 * their configurations and weights, its tokenizer, and the chosen model file with its external data.
 *
 * @param encoder its name in messages
 * @param path its folder, where files may be missing
 * @param files all files that there are, relative to the folder
 * @returns some of `files`
 * @throws ModelError if they cannot make an encoder
 */
export async function neededFiles(
  encoder: string,
  path: string,
  files: readonly string[],
  { tasks = [undefined], ...needs }: Needs,
): Promise<string[]> {
  const needed = new Set<string>();
  const add = async (task?: string) => {
    for (const file of await neededForTask(encoder, path, files, { ...needs, task })) needed.add(file);
  };
  for (const task of tasks) await add(task);
  if (tasks.every((task) => task === undefined)) return [...needed];
  // What vectors of a router's routes can be compared with depends on all of them that can be followed.
  const skip = (error: unknown) => {
    if (!(error instanceof ModelError)) throw error;
    return [];
  };
  for (const route of await listRoutes(path).catch(skip)) await add(route).catch(skip);
  return [...needed];
}

async function neededForTask(
  encoder: string,
  path: string,
  files: readonly string[],
  { variant, weights, task }: Needs & { task?: string },
): Promise<string[]> {
  const has = new Set(files);
  const configuration = CONFIGURATION.filter((file) => has.has(file));
  // They tell what else is needed.
  if (configuration.some((file) => !existsSync(join(path, file)))) return configuration;
  const routers = (await listRouters(path))
    .flatMap((folder) => at(checkFolder(encoder, folder), ROUTER_SETTINGS))
    .filter((file) => has.has(file));
  configuration.push(...routers.filter((file) => !configuration.includes(file)));
  if (routers.some((file) => !existsSync(join(path, file)))) return configuration;
  const modules = (await listModules(path, task))?.map((module) => ({
    ...module,
    folder: checkFolder(encoder, module.folder),
  }));
  const tokenizerIn = (folder: string) => at(folder, TOKENIZERS).find((file) => has.has(file));
  const input = placeInput(modules ?? [], (folder) => tokenizerIn(folder) !== undefined);
  const tokenizer = tokenizerIn(input.path);
  if (tokenizer === undefined) throw new ModelError(`${encoder}: has no tokenizer.json.`, { advice: EXPORT });
  const needed = [
    ...configuration,
    tokenizer,
    ...[input.path, input.module].flatMap((folder) => at(folder, BESIDE_TOKENIZER)),
    ...(modules === undefined || (await goesThroughChat(path, input))
      ? besideTemplate(input.path, files)
      : []),
    ...(modules ?? []).flatMap(ofModule),
  ];
  const unread = needed.find((file) => file.endsWith(`/${WEIGHTS}`) && !has.has(file));
  if (unread !== undefined)
    throw new ModelError(
      `${encoder}: has no ${unread}; the weights of its layers are not read from other files.`,
      { advice: EXPORT },
    );
  const isStatic = input.kind === "static" || (await isModel2Vec(path, modules));
  const table = posix.join(input.path, WEIGHTS);
  const names = [input.module, ""].flatMap((folder) => [posix.join(folder, ONNX), folder || "."]);
  const models = rankVariants(names.flatMap((folder) => files.filter((file) => dirname(file) === folder)));
  // A folder that does not say what it holds may hold a table.
  if (isStatic || (modules === undefined && models.length === 0 && has.has(table))) {
    if (weights || modules === undefined) needed.push(table);
  } else {
    if (models.length === 0) throw new ModelError(`${encoder}: has no ONNX files.`, { advice: EXPORT });
    const model = pickVariant(encoder, models, variant).path;
    if (weights) needed.push(model, ...weightsBeside(encoder, path, model, has));
  }
  return [...new Set(needed)].filter((file) => has.has(file));
}

const EXPORT =
  "Export it with python3 pipelines/export-onnx.py NAME FOLDER (of crisscross), and give the folder as the encoder.";

const at = (folder: string, names: readonly string[]) => names.map((name) => posix.join(folder, name));

/** Whether a module says that texts go through a chat template, as far as its settings are there. */
async function goesThroughChat(
  path: string,
  { kind, module }: ReturnType<typeof placeInput>,
): Promise<boolean> {
  const settings = MODULE_SETTINGS.map((name) => join(path, module, name)).find((file) => existsSync(file));
  if (kind === "static" || settings === undefined) return false;
  return Object((await readSettings(settings)).modality_config).message !== undefined;
}

function besideTemplate(folder: string, files: readonly string[]): string[] {
  const others = files.filter((file) => dirname(file) === posix.join(folder, CHAT_TEMPLATES));
  return [...others, ...at(folder, BESIDE_TEMPLATE)];
}

function ofModule({ kind, folder }: ListedModule): string[] {
  if (kind === "Pooling" || kind === "Normalize") return at(folder, ["config.json"]);
  return kind === "Dense" || kind === "LayerNorm" ? at(folder, ["config.json", WEIGHTS]) : [];
}

async function isModel2Vec(path: string, modules: readonly ListedModule[] | undefined): Promise<boolean> {
  const { centre: _, ...config } = await readSettings(join(path, "config.json"));
  const listed = modules !== undefined;
  const input = placeInput(modules ?? [], () => false);
  return (await readModel2Vec(path, config, { listed, input })) !== undefined;
}

/** Where a model's weights are in other files, those. */
function weightsBeside(encoder: string, path: string, model: string, has: ReadonlySet<string>): string[] {
  return findExternalData(join(path, model)).map((file) => {
    const name = relative(path, file).split(sep).join("/");
    if (has.has(name)) return name;
    throw new ModelError(`${encoder}: the weights of ${model} are in ${name}, which is missing.`);
  });
}

/** @throws ModelError if a module's folder is not in the encoder's */
function checkFolder(encoder: string, folder: string): string {
  const normal = posix.normalize(folder.replaceAll("\\", "/")).replace(/^\.?\/?$|\/$/g, "");
  if (!posix.isAbsolute(folder) && !normal.startsWith("..")) return normal;
  throw new ModelError(
    `${encoder}: its modules.json names a folder outside of it, ${JSON.stringify(folder)}.`,
    { advice: "Do not use it." },
  );
}
