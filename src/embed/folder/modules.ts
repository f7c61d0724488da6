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
  const file = join(path, "modules.json");
  const listed = await readJson(file);
  const modules: Modules = {
    listed: listed !== undefined,
    input: { kind: "transformer", path, module: path },
    ...POOLED_BY_MEAN,
    steps: [],
    folders: [],
  };
  for (const { type, place } of places(path, file, listed ?? [])) {
    modules.folders.push(place);
    switch (type.split(".").at(-1)) {
      case "Transformer":
        // Often, tokenizer and model are at the top, and the module's folder holds its configuration alone.
        modules.input = { kind: "transformer", path: findTokenizer(place) ? place : path, module: place };
        break;
      case "StaticEmbedding":
        modules.input = { kind: "static", path: place, module: place };
        break;
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

/** Each module's type and folder. */
function places(path: string, file: string, listed: unknown): { type: string; place: string }[] {
  if (!Array.isArray(listed))
    throw new ModelError(`${file}: is ${JSON.stringify(listed)}; expected a list of modules.`);
  return listed.map((module) => {
    checkObject(file, "a module", module);
    const { type = "?", path: folder = "" } = module;
    return { type: String(type), place: join(path, String(folder)) };
  });
}
