import { join } from "node:path";
import { writeTensors } from "../../store/arrays/write-tensors.js";
import { makeFolder } from "../../store/files/make-folder.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import type { EncoderFolder } from "./encoder-folder.js";
import { readJson, readSettings } from "./read-json.js";
import { NORMALISE } from "./vector-step.js";

/** y = W · x + b. */
export interface DenseLayer {
  inputs: number;
  outputs: number;
  /** outputs × inputs, row-major. */
  weight: Float32Array;
  bias: Float32Array;
}

export interface AppendedLayer {
  layer: DenseLayer;
  /** Further fields of the folder's `config.json`: how the layer was made. */
  settings: Readonly<Record<string, unknown>>;
  /** What README.md shall say. */
  card: string;
}

interface Module {
  idx: number;
  name: string;
  path: string;
  type: string;
}

const TYPE = "sentence_transformers.models";

/**
 * Puts a linear layer after everything that an encoder's folder does, and brings vectors to length 1 again: two further
 * modules, which sentence-transformers reads, too. Where the folder cuts vectors short (Matryoshka), the layer takes
 * whole ones.
 *
 * @param to a copy of the encoder's folder
 * @returns the layer's folder, within the copy
 */
export async function appendDense(
  encoder: EncoderFolder,
  to: string,
  { layer, settings, card }: AppendedLayer,
): Promise<string> {
  const { inputs, outputs, weight, bias } = layer;
  const modules = await listModules(encoder, to, inputs);
  const [dense, normalise] = [add(modules, "Dense"), add(modules, "Normalize")];
  await writeJson(to, join(dense.path, "config.json"), {
    in_features: inputs,
    out_features: outputs,
    bias: true,
    activation_function: "torch.nn.modules.linear.Identity",
  });
  await writeTensors(join(to, dense.path, "model.safetensors"), [
    { name: "linear.weight", shape: [outputs, inputs], blocks: [weight] },
    { name: "linear.bias", shape: [outputs], blocks: [bias] },
  ]);
  await writeJson(to, join(normalise.path, "config.json"), {});
  await writeJson(to, "modules.json", modules);
  await writeJson(to, "config.json", {
    ...(await readSettings(join(to, "config.json"))),
    centre: true,
    ...settings,
  });
  const general = "config_sentence_transformers.json";
  const { truncate_dim: _, ...rest } = await readSettings(join(to, general));
  if (encoder.truncateDimensions !== undefined) await writeJson(to, general, rest);
  await writeWholeText(join(to, "README.md"), card);
  return dense.path;
}

/** The modules of a folder, also where it does not list them, or where only its configuration asks for the last one. */
async function listModules(
  { path, modules, model2vec }: EncoderFolder,
  to: string,
  dimensions: number,
): Promise<Module[]> {
  const listed = ((await readJson(join(path, "modules.json"))) ?? []) as Module[];
  if (!modules.listed) {
    const isStatic = modules.input.kind === "static";
    listed.push({
      idx: 0,
      name: "0",
      path: isStatic ? "." : "",
      type: `${TYPE}.${isStatic ? "StaticEmbedding" : "Transformer"}`,
    });
    if (!isStatic)
      await writeJson(to, join(add(listed, "Pooling").path, "config.json"), {
        word_embedding_dimension: dimensions,
        pooling_mode_mean_tokens: true,
      });
  }
  const isLast = listed.at(-1)?.type.endsWith(".Normalize");
  if (model2vec?.normalises && modules.steps.at(-1) === NORMALISE && !isLast)
    await writeJson(to, join(add(listed, "Normalize").path, "config.json"), {});
  return listed;
}

function add(modules: Module[], kind: string): Module {
  const idx = modules.length;
  let number = idx;
  while (modules.some(({ path }) => path.startsWith(`${number}_`))) number++;
  const module = { idx, name: String(idx), path: `${number}_${kind}`, type: `${TYPE}.${kind}` };
  modules.push(module);
  return module;
}

async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await makeFolder(join(folder, name, ".."));
  await writeWholeText(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}
