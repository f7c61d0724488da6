import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { POOLING_MODES, type PoolingMode } from "../transformer/pooling.js";
import { checkFields } from "./known-fields.js";
import { readSettings } from "./read-json.js";

export interface PoolingSettings {
  pooling: readonly PoolingMode[];
  /** Whether the prompt's tokens count in the pooling. */
  includePrompt: boolean;
}

export const POOLED_BY_MEAN: PoolingSettings = { pooling: ["mean"], includePrompt: true };

/**
 * The pooling of a model whose folder has no `modules.json`: by the last token where each was trained to see those before
 * it alone.
 */
export async function poolingByDefault(path: string): Promise<PoolingSettings> {
  const { architectures, is_causal: isCausal = true } = await readSettings(join(path, "config.json"));
  const isLanguageModel = String(architectures?.[0]).endsWith("ForCausalLM");
  return isLanguageModel && isCausal ? { ...POOLED_BY_MEAN, pooling: ["lasttoken"] } : POOLED_BY_MEAN;
}

/** The switches of the old layout, in the order in which their vectors are concatenated. */
const SWITCHES: [name: string, mode: PoolingMode][] = [
  ["pooling_mode_cls_token", "cls"],
  ["pooling_mode_max_tokens", "max"],
  ["pooling_mode_mean_tokens", "mean"],
  ["pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens"],
  ["pooling_mode_weightedmean_tokens", "weightedmean"],
  ["pooling_mode_lasttoken", "lasttoken"],
];

/**
 * Reads a Pooling module's `config.json`. Several ways are concatenated: as the new layout lists them, or, since the old
 * one has a switch for each, in that of `SWITCHES`.
 *
 * @throws ModelError if a way of pooling is unknown, by name
 */
export async function readPooling(path: string): Promise<PoolingSettings> {
  const config = await readSettings(path);
  checkFields(path, config, "Pooling");
  const named = [config.pooling_mode ?? []].flat().map(String);
  // The new layout's field is the one that counts where a folder has both.
  const pooling = named.length > 0 ? named : switchedOn(config);
  for (const mode of pooling)
    if (!isMode(mode))
      throw new ModelError(`${path}: asks for ${mode} pooling; expected one of ${POOLING_MODES.join(", ")}.`);
  return {
    pooling: pooling.length > 0 ? (pooling as PoolingMode[]) : POOLED_BY_MEAN.pooling,
    includePrompt: config.include_prompt ?? true,
  };
}

function switchedOn(config: Record<string, unknown>): PoolingMode[] {
  return SWITCHES.filter(([name]) => config[name] === true).map(([, mode]) => mode);
}

const isMode = (mode: string) => (POOLING_MODES as readonly string[]).includes(mode);
