import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { addModule } from "./add-module.js";
import { readChatSettings } from "./chat-settings.js";
import { type ListedModule, listModules } from "./list-modules.js";
import type { Modules } from "./modules.js";
import { POOLED_BY_MEAN, poolingByDefault } from "./pooling-settings.js";
import { findTokenizer } from "./tokenizer-file.js";
import { readTransformer } from "./transformer-settings.js";

/**
 * Reads the modules of an encoder's folder, in the old configuration layout (`pooling_mode_mean_tokens: true`) and the
 * new (`"pooling_mode": "mean"`). A folder without `modules.json` is a Transformer and its pooling, as
 * sentence-transformers takes it.
 *
 * @param task what texts are encoded for, such as `query`; nothing where they are sentences
 * @throws ModelError if a module, a field or a way of pooling is unknown, by name, or if the modules' order gives no
 *   sentence's vector
 */
export async function readModules(path: string, task?: string): Promise<Modules> {
  const listed = await listModules(path, task);
  const input = placeInput(listed ?? [], (folder) => findTokenizer(join(path, folder)) !== undefined);
  const places = { path: join(path, input.path), module: join(path, input.module), task };
  const modules: Modules = {
    listed: listed !== undefined,
    input: { kind: input.kind, ...places },
    tokenSteps: [],
    pools: listed === undefined,
    ...(listed ? POOLED_BY_MEAN : await poolingByDefault(places.path)),
    steps: [],
    route: listed?.find(({ route }) => route !== undefined)?.route,
    byTask: false,
    folders: [],
  };
  if (input.kind === "transformer") {
    const { gives, output, byTask } = await readTransformer(places);
    if (gives === "sentence") modules.sentenceOutput = output;
    modules.chat = await readChatSettings(places, listed !== undefined);
    modules.byTask = byTask || modules.chat?.template.reads("task") === true;
  }
  if (listed) checkInput(path, listed);
  for (const module of listed ?? []) {
    modules.folders.push(join(path, module.folder));
    await addModule(path, modules, module);
  }
  // A prompt is a message of its own then, whose tokens are not told apart.
  if (modules.chat) modules.includePrompt = true;
  return modules;
}

/** @throws ModelError unless the first module, and no other, turns texts into vectors */
function checkInput(path: string, listed: readonly ListedModule[]): void {
  const kinds = listed.map(({ kind }) => kind);
  const inputs = kinds.filter(isInput);
  if (inputs.length === 1 && isInput(kinds[0])) return;
  throw new ModelError(
    `${join(path, "modules.json")}: lists ${kinds.join(", ") || "no module"}; expected one Transformer or StaticEmbedding, the first of all.`,
  );
}

const isInput = (kind: string) => kind === "Transformer" || kind === "StaticEmbedding";

/**
 * What turns texts into vectors, and where its folders are in the encoder's; the encoder's own folder where no module
 * says so.
 */
export function placeInput(
  modules: readonly ListedModule[],
  hasTokenizer: (folder: string) => boolean,
): Modules["input"] {
  const module = modules.find(({ kind }) => isInput(kind));
  const folder = module?.folder ?? "";
  if (module?.kind === "StaticEmbedding") return { kind: "static", path: folder, module: folder };
  // Often tokenizer and model are at the top, and the module's folder holds only its configuration.
  return { kind: "transformer", path: hasTokenizer(folder) ? folder : "", module: folder };
}
