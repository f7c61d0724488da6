import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { openDense } from "./dense.js";
import { checkFields } from "./known-fields.js";
import { openLayerNorm } from "./layer-norm.js";
import type { ListedModule } from "./list-modules.js";
import type { Modules } from "./modules.js";
import { readPooling } from "./pooling-settings.js";
import { readSettings } from "./read-json.js";
import { NORMALISE } from "./vector-step.js";

const KNOWN = "Transformer, StaticEmbedding, Router, Pooling, Dense, Normalize, LayerNorm and Dropout";
const TOKENS = "token_embeddings";
const SENTENCE = "sentence_embedding";

/**
 * Adds what a module does to what those before it do. Between modules there are the tokens' vectors and, once they are
 * pooled, the sentence's; a module names the one that it works on.
 *
 * @throws ModelError if the module is unknown, by name, or works on what no module before it gives
 */
export async function addModule(path: string, modules: Modules, module: ListedModule): Promise<void> {
  const folder = join(path, module.folder);
  const config = join(folder, "config.json");
  const list = join(path, "modules.json");
  const gives = modules.input.kind === "static" || modules.sentenceOutput !== undefined ? SENTENCE : TOKENS;
  const has = { [TOKENS]: gives === TOKENS, [SENTENCE]: gives === SENTENCE || modules.pools };
  const givesNone = (what: string) =>
    new ModelError(
      `${list}: ${module.kind} in ${module.folder} works on ${what}, which no module before it gives.`,
    );
  switch (module.kind) {
    case "Transformer":
    case "StaticEmbedding":
      break;
    case "Dropout":
      if (!has[SENTENCE]) throw givesNone(SENTENCE);
      break;
    case "Pooling":
      if (!has[TOKENS]) throw givesNone(TOKENS);
      if (modules.pools) throw new ModelError(`${list}: lists two Pooling modules; expected one.`);
      Object.assign(modules, await readPooling(config), { pools: true });
      break;
    case "LayerNorm":
      if (!has[SENTENCE]) throw givesNone(SENTENCE);
      modules.steps.push(await openLayerNorm(folder));
      break;
    case "Dense":
    case "Normalize": {
      const settings = await readSettings(config);
      checkFields(config, settings, module.kind);
      const on = worksOn(config, settings);
      // Normalize passes over what is not there.
      if (!has[on] && module.kind === "Normalize") break;
      if (!has[on]) throw givesNone(on);
      const step = module.kind === "Dense" ? await openDense(folder) : NORMALISE;
      if (on === SENTENCE) modules.steps.push(step);
      // Once they are pooled, the tokens' vectors do not count any more.
      else if (!modules.pools) modules.tokenSteps.push(step);
      break;
    }
    default:
      throw new ModelError(`${list}: asks for ${module.type}, which is unknown; expected ${KNOWN}.`);
  }
}

/** Which vectors a module works on. */
function worksOn(config: string, settings: Record<string, unknown>): typeof TOKENS | typeof SENTENCE {
  const { module_input_name: input = SENTENCE, module_output_name: given } = settings;
  const output = given ?? input;
  if (input === output && (input === SENTENCE || input === TOKENS)) return input;
  throw new ModelError(
    `${config}: makes ${output} of ${input} (module_input_name, module_output_name); expected ${SENTENCE} or ${TOKENS} of itself.`,
  );
}
