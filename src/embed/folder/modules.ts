import { existsSync } from "node:fs";
import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { POOLING_MODES, type PoolingMode } from "../transformer/pooling.js";
import { openDense } from "./dense.js";
import { readJson } from "./read-json.js";
import { NORMALISE, type VectorStep } from "./vector-step.js";

/** What sentence-transformers does with a text: `modules.json`. */
export interface Modules {
  /** What makes vectors of texts, and where its files are. */
  input: { kind: "transformer" | "static"; path: string };
  pooling: PoolingMode[];
  /** Whether the prompt's tokens count in the pooling. */
  includePrompt: boolean;
  /** What is done after pooling, in this order. */
  steps: VectorStep[];
}

const POOLED_BY_MEAN = { pooling: ["mean"] as PoolingMode[], includePrompt: true };

/**
 * Reads the modules of an encoder's folder, in the old configuration layout (`pooling_mode_mean_tokens: true`) and the
 * new (`"pooling_mode": "mean"`). A folder without `modules.json` is a Transformer under mean pooling, as
 * sentence-transformers takes it.
 *
 * @throws ModelError if a module or a way of pooling is unknown, by name
 */
export async function readModules(path: string): Promise<Modules> {
  const modules: Modules = { input: { kind: "transformer", path }, ...POOLED_BY_MEAN, steps: [] };
  const listed = (await readJson(join(path, "modules.json"))) as
    | { type?: string; path?: string }[]
    | undefined;
  for (const { type = "?", path: folder = "" } of listed ?? []) {
    const place = join(path, folder);
    switch (type.split(".").at(-1)) {
      case "Transformer":
        // Its tokenizer and model are written at the top, whatever folder holds its configuration.
        modules.input = {
          kind: "transformer",
          path: existsSync(join(place, "tokenizer.json")) ? place : path,
        };
        break;
      case "StaticEmbedding":
        modules.input = { kind: "static", path: place };
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

async function readPooling(configPath: string): Promise<Pick<Modules, "pooling" | "includePrompt">> {
  const config = (await readJson(configPath)) ?? {};
  const named = [config.pooling_mode ?? []].flat().map(String);
  const flagged = Object.keys(config)
    .filter((key) => key.startsWith("pooling_mode_") && config[key] === true)
    .map((key) => key.slice("pooling_mode_".length).replace(/^(cls|max|mean|weightedmean)_tokens?$/, "$1"));
  // The new layout's field is the one that counts where a folder has both.
  const pooling = named.length > 0 ? named : flagged;
  for (const mode of pooling) {
    if (!POOLING_MODES.includes(mode as PoolingMode))
      throw new ModelError(
        `${configPath}: asks for ${mode} pooling; expected one of ${POOLING_MODES.join(", ")}.`,
      );
  }
  return {
    pooling: pooling.length > 0 ? (pooling as PoolingMode[]) : POOLED_BY_MEAN.pooling,
    includePrompt: config.include_prompt ?? true,
  };
}
