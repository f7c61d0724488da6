import { join } from "node:path";
import { ModelError } from "../errors.js";
import { type Dense, openDense } from "./dense.js";
import { POOLING_MODES, type PoolingMode } from "./pooling.js";
import { readJson } from "./read-json.js";

/** What sentence-transformers does with token vectors: `modules.json`, from Pooling on. */
export interface Modules {
  pooling: PoolingMode[];
  /** Whether the prompt's tokens count in the pooling. */
  includePrompt: boolean;
  dense: Dense[];
  normalise: boolean;
}

/** A folder without `modules.json` is loaded by sentence-transformers with mean pooling and nothing more. */
const DEFAULT: Modules = { pooling: ["mean"], includePrompt: true, dense: [], normalise: false };

/**
 * Reads the modules of an encoder's folder, in the old configuration layout (`pooling_mode_mean_tokens: true`) and the
 * new (`"pooling_mode": "mean"`).
 *
 * @throws ModelError if a module or a way of pooling is unknown, by name
 */
export async function readModules(path: string): Promise<Modules> {
  const listed = (await readJson(join(path, "modules.json"))) as
    | { type?: string; path?: string }[]
    | undefined;
  if (listed === undefined) return DEFAULT;
  const modules: Modules = { ...DEFAULT, dense: [] };
  for (const { type = "?", path: folder = "" } of listed) {
    switch (type.split(".").at(-1)) {
      case "Transformer":
      case "Dropout":
        break;
      case "Pooling":
        Object.assign(modules, await readPooling(join(path, folder, "config.json")));
        break;
      case "Dense":
        modules.dense.push(await openDense(join(path, folder)));
        break;
      case "Normalize":
        modules.normalise = true;
        break;
      default:
        throw new ModelError(
          `${path}: modules.json asks for ${type}, which is unknown; expected Transformer, Pooling, Dense, Dropout and Normalize.`,
        );
    }
  }
  return modules;
}

async function readPooling(configPath: string): Promise<Pick<Modules, "pooling" | "includePrompt">> {
  const config = (await readJson(configPath)) ?? {};
  const named = [config.pooling_mode ?? []].flat().map(String);
  const flagged = Object.keys(config)
    .filter((key) => key.startsWith("pooling_mode_") && config[key] === true)
    .map((key) => key.slice("pooling_mode_".length).replace(/^(cls|max|mean|weightedmean)_tokens?$/, "$1"));
  const pooling = [...named, ...flagged];
  for (const mode of pooling) {
    if (!POOLING_MODES.includes(mode as PoolingMode))
      throw new ModelError(
        `${configPath}: asks for ${mode} pooling; expected one of ${POOLING_MODES.join(", ")}.`,
      );
  }
  return {
    pooling: pooling.length > 0 ? (pooling as PoolingMode[]) : DEFAULT.pooling,
    includePrompt: config.include_prompt ?? true,
  };
}
