import { constants, existsSync } from "node:fs";
import { copyFile, readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { ModelError } from "../../errors.js";
import { makeFolder } from "../../store/files/make-folder.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import { CHAT_TEMPLATES } from "./chat-template.js";
import type { EncoderFolder } from "./encoder-folder.js";
import { choosePrompts, type PromptOptions } from "./prompts.js";
import { readSettings } from "./read-json.js";
import { chooseVariant, externalData } from "./variants.js";

export interface CopyEncoderOptions extends Pick<PromptOptions, "prompt" | "promptName"> {
  /** The model file that goes along; others stay behind. @default float32 if there is one */
  variant?: string;
}

/** Configurations, tokenizers with their chat templates, and licences. */
const SMALL_FILES =
  /\.(?:json|jinja|txt|model)$|^tokenizer\.json\.gz$|^(?:licen[cs]e|notice|readme)(?:\.\w+)?$/i;
/** Indexes of weights that are left behind. */
const INDEX = /\.index\.json$/;
const TENSORS = "model.safetensors";
const SETTINGS = "config_sentence_transformers.json";

/**
 * Copies what an encoder needs: configurations, tokenizer, modules, and of a Transformer one ONNX model. Its other models
 * and its PyTorch weights, several times as large, stay behind. A prompt that was chosen, or is its card's, becomes the default one.
 *
 * @param to an empty folder
 * @throws ModelError if there is no such variant, or a file lies outside the folder; OptionError if there is no such prompt
 */
export async function copyEncoder(
  { path, modules, prompts }: EncoderFolder,
  to: string,
  { variant, ...chosen }: CopyEncoderOptions = {},
): Promise<void> {
  const { input } = modules;
  const isTransformer = input.kind === "transformer";
  const files = new Set<string>();
  for (const folder of [
    path,
    input.path,
    join(input.path, CHAT_TEMPLATES),
    input.module,
    ...modules.folders,
  ]) {
    const isInput = [path, input.path, input.module].includes(folder);
    for (const name of existsSync(folder) ? await readdir(folder) : []) {
      const isTable = name === TENSORS && !(isInput && isTransformer);
      if (isTable || (SMALL_FILES.test(name) && !INDEX.test(name))) files.add(join(folder, name));
    }
  }
  if (isTransformer) {
    const model = chooseVariant([input.module, path], variant).path;
    for (const file of [model, ...externalData(model)]) files.add(file);
  }
  for (const file of files) await copyWithin(path, file, to);
  // The copy has another name, which says nothing of its card.
  if (chosen.prompt !== undefined || chosen.promptName !== undefined || prompts.ofCard !== undefined) {
    const text = choosePrompts(path, prompts, chosen).source;
    await writeWholeText(
      join(to, SETTINGS),
      await withDefaultPrompt(join(path, SETTINGS), text, chosen.promptName),
    );
  }
}

async function copyWithin(folder: string, file: string, to: string): Promise<void> {
  const name = relative(folder, file);
  if (name.startsWith(".."))
    throw new ModelError(`${file}: lies outside ${folder}, so it cannot be copied with it.`, {
      advice: "Put it into the folder.",
    });
  await makeFolder(dirname(join(to, name)));
  await copyFile(file, join(to, name), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
}

/** @param name what the prompt is called; one given as a text gets a name of its own */
async function withDefaultPrompt(path: string, text: string, name = "default"): Promise<string> {
  const settings = await readSettings(path);
  const prompts = { ...settings.prompts, [name]: text };
  return `${JSON.stringify({ ...settings, prompts, default_prompt_name: name }, null, 2)}\n`;
}
