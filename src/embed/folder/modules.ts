import { join } from "node:path";
import { ModelError } from "../../errors.js";
import type { PoolingMode } from "../transformer/pooling.js";
import { openDense } from "./dense.js";
import type { InputPlaces } from "./input-settings.js";
import { POOLED_BY_MEAN, readPooling } from "./pooling-settings.js";
import { checkObject, readJson } from "./read-json.js";
import { findTokenizer } from "./tokenizer-file.js";
import { NORMALISE, type VectorStep } from "./vector-step.js";

/** What sentence-transformers does with a text: `modules.json`. */
export interface Modules {
  /** Whether there is a `modules.json`. */
  listed: boolean;
  /** What makes vectors of texts, and where its files are: tokenizer or table in `path`, a model in one of both. */
  input: { kind: "transformer" | "static" } & InputPlaces;
  pooling: readonly PoolingMode[];
  /** Whether the prompt's tokens count in the pooling. */
  includePrompt: boolean;
  /** What is done after pooling, in this order. */
  steps: VectorStep[];
  /** The folders of all of them. */
  folders: string[];
}

/**
 * Reads the modules of an encoder's folder, in the old configuration layout (`pooling_mode_mean_tokens: true`) and the
 * new (`"pooling_mode": "mean"`). A folder without `modules.json` is a Transformer under mean pooling, as
 * sentence-transformers takes it.
 *
 * @throws ModelError if a module or a way of pooling is unknown, by name
 */
export async function readModules(path: string): Promise<Modules> {
  const listed = await listModules(path);
  const input = placeInput(listed ?? [], (folder) => findTokenizer(join(path, folder)) !== undefined);
  const modules: Modules = {
    listed: listed !== undefined,
    input: { kind: input.kind, path: join(path, input.path), module: join(path, input.module) },
    ...POOLED_BY_MEAN,
    steps: [],
    folders: [],
  };
  for (const { type, kind, folder } of listed ?? []) {
    const place = join(path, folder);
    modules.folders.push(place);
    switch (kind) {
      case "Transformer":
      case "StaticEmbedding":
      case "Dropout":
        break;
      case "Pooling":
        Object.assign(modules, await readPooling(join(place, "config.json")));
        break;
      case "Dense":
        modules.steps.push(await openDense(place));
        break;
      case "Normalize":
        modules.steps.push(NORMALISE);
        break;
      default:
        throw new ModelError(
          `${path}: modules.json asks for ${type}, which is unknown; expected Transformer, StaticEmbedding, Pooling, Dense, Dropout and Normalize.`,
        );
    }
  }
  return modules;
}

/**
 * What turns texts into vectors, and where its folders are in the encoder's; the encoder's own folder where no module
 * says so.
 */
export function placeInput(
  modules: readonly ListedModule[],
  hasTokenizer: (folder: string) => boolean,
): Modules["input"] {
  const module = modules.findLast(({ kind }) => kind === "Transformer" || kind === "StaticEmbedding");
  const folder = module?.folder ?? "";
  if (module?.kind === "StaticEmbedding") return { kind: "static", path: folder, module: folder };
  // Often tokenizer and model are at the top, and the module's folder holds only its configuration.
  return { kind: "transformer", path: hasTokenizer(folder) ? folder : "", module: folder };
}

/** A module as `modules.json` lists it. */
export interface ListedModule {
  /** As it is written: a class of Python. */
  type: string;
  /** The last part of it, such as `Pooling`. */
  kind: string;
  /** Its folder in the encoder's; empty where that is it. */
  folder: string;
}

/** The modules of an encoder's folder in their order; nothing where there is no `modules.json`. */
export async function listModules(path: string): Promise<ListedModule[] | undefined> {
  const file = join(path, "modules.json");
  const listed = await readJson(file);
  if (listed === undefined) return undefined;
  if (!Array.isArray(listed))
    throw new ModelError(`${file}: is ${JSON.stringify(listed)}; expected a list of modules.`);
  return listed.map((module) => {
    checkObject(file, "a module", module);
    const type = String(module.type ?? "?");
    return { type, kind: type.split(".").at(-1)!, folder: String(module.path ?? "") };
  });
}
