import { ModelError } from "../../errors.js";
import { POOLING_MODES, type PoolingMode } from "../transformer/pooling.js";
import { readSettings } from "./read-json.js";

export interface PoolingSettings {
  pooling: readonly PoolingMode[];
  /** Whether the prompt's tokens count in the pooling. */
  includePrompt: boolean;
}

export const POOLED_BY_MEAN: PoolingSettings = { pooling: ["mean"], includePrompt: true };

/** A switch of the old layout, such as `pooling_mode_cls_token`, by its way of pooling. */
const SWITCH = /^pooling_mode_(?:(cls|max|mean|weightedmean)_tokens?|(.+))$/;

/**
 * Reads a Pooling module's `config.json`. Several ways are concatenated: as the new layout lists them, or, since the old
 * one has a switch for each, in the order of `POOLING_MODES`.
 *
 * @throws ModelError if a way of pooling is unknown, by name
 */
export async function readPooling(path: string): Promise<PoolingSettings> {
  const config = await readSettings(path);
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

function switchedOn(config: Record<string, unknown>): string[] {
  const on = Object.keys(config)
    .filter((key) => config[key] === true)
    .map((key) => SWITCH.exec(key))
    .map((match) => match?.[1] ?? match?.[2])
    .filter((mode) => mode !== undefined);
  return [...on.filter((mode) => !isMode(mode)), ...POOLING_MODES.filter((mode) => on.includes(mode))];
}

const isMode = (mode: string) => (POOLING_MODES as readonly string[]).includes(mode);
