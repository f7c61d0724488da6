import { createHash } from "node:crypto";
import { ModelError, OptionError } from "../errors.js";
import type { SideName } from "../types/texts.js";
import { option, say } from "../wording.js";
import { isBuiltin, openBuiltin } from "./builtin-model.js";
import { findEncoder } from "./find-folder.js";
import { type EncoderFolder, readEncoderFolder } from "./folder/encoder-folder.js";
import type { FolderModel } from "./folder/folder-model.js";
import { checkNeeded, type KnownHashes, knownHashes } from "./folder/known-hashes.js";
import { listRoutes } from "./folder/list-modules.js";
import type { PromptOptions } from "./folder/prompts.js";
import type { EncoderPlace, HubOptions } from "./hub-encoders.js";
import { openStatic } from "./static/static-encoder.js";
import type { TransformerOptions } from "./transformer/transformer-encoder.js";

export interface OpenFolderOptions extends TransformerOptions, HubOptions {}

/** An encoder's folder: what it says, and the model in it. */
export interface OpenFolder {
  found: EncoderPlace;
  folder: EncoderFolder;
  model: FolderModel;
}

/** The same for each side's texts, which may take other routes of it. */
export interface OpenSides extends Record<SideName, OpenFolder> {
  /** SHA-256 of all that both sides' vectors depend on, and those of other tasks that can be compared with them. */
  digest: string;
  /** What their space is called by. */
  kind: string;
}

/**
 * Opens the folder of an encoder for sentences.
 *
 * @param name `builtin`, a path, or a name of the hub
 * @throws what `openSides` throws
 */
export async function openFolder(name: string, options: OpenFolderOptions = {}): Promise<OpenFolder> {
  return (await openSides(name, options)).source;
}

/**
 * Opens the folder of an encoder for the tasks of both sides.
 *
 * @param name `builtin`, a path, or a name of the hub
 * @throws ModelError if there is no such encoder or it cannot be used; InputError if a file that is
 *   needed is damaged, as far as the hub's cache or the folder's `SHA256SUMS` knows it; OptionError for a variant of what
 *   has none, or a task that says nothing to it
 */
export async function openSides(
  name: string,
  { task, targetTask = task, ...options }: OpenFolderOptions & Pick<PromptOptions, "task" | "targetTask">,
): Promise<OpenSides> {
  const tasks = task === targetTask ? [task] : [task, targetTask];
  const found = await findEncoder(name, { ...options, tasks });
  const known = await knownHashes(found.path);
  await checkNeeded(found, known, { variant: options.variant, weights: false, tasks });
  const read = (of?: string) => readEncoderFolder(found.path, found.name, of);
  const folder = await read(task);
  const folders = { source: folder, target: task === targetTask ? folder : await read(targetTask) };
  const hasTask = tasks.some((one) => one !== undefined);
  const routes = hasTask ? await listRoutes(found.path) : [];
  for (const one of tasks) checkTask(found.name, folder, routes, one);
  checkVariant(name, Object.values(folders), options.variant);
  const opening = { ...options, known };
  const source = { found, folder, model: await openModel(folder, opening) };
  let target = { ...source, folder: folders.target };
  try {
    if (!sharesModel(folders)) target = { ...target, model: await openModel(folders.target, opening) };
    const digest = await digestOfTasks(source, routes, { ...opening, hasTask });
    return { source, target, digest, kind: routes.length > 0 ? "routes" : source.model.name };
  } catch (error) {
    await closeSides({ source, target });
    throw error;
  }
}

/** Closes what both sides have, once. */
export async function closeSides({
  source,
  target,
}: Record<SideName, Pick<OpenFolder, "model">>): Promise<void> {
  await source.model.close?.();
  if (target.model !== source.model) await target.model.close?.();
}

const isStatic = ({ modules }: EncoderFolder) => modules.input.kind === "static";

function checkVariant(name: string, folders: readonly EncoderFolder[], variant?: string): void {
  if (variant === undefined || !folders.every(isStatic)) return;
  throw new OptionError(`${name}: is a static encoder, which has no model files to choose from.`, {
    advice: say`Leave ${option("variant", variant)} out, or name a Transformer's folder.`,
  });
}

/** Tasks that every encoder has, if only by a prompt. */
const COMMON_TASKS = ["query", "document"];

function checkTask(name: string, { modules }: EncoderFolder, routes: readonly string[], task?: string): void {
  if (task === undefined || COMMON_TASKS.includes(task) || routes.length > 0 || modules.byTask) return;
  throw new OptionError(
    say`${option("task", task)} says nothing to ${name}: it has no routes, and no prompt is put for such a task.`,
    { advice: say`Give query or document, or a prompt by its name as ${option("promptName")}.` },
  );
}

/** Whether texts of both sides become vectors in the same way, but for their prompts. */
function sharesModel({ source, target }: Record<SideName, EncoderFolder>): boolean {
  if (source === target) return true;
  const isByTask = source.modules.byTask || target.modules.byTask;
  return !isByTask && source.modules.route === target.modules.route;
}

interface Opening extends OpenFolderOptions {
  known: KnownHashes;
}

/** Vectors of a router's routes are there to be compared, and lie in the same space as long as no route changes. */
async function digestOfTasks(
  { found, folder, model }: OpenFolder,
  routes: readonly string[],
  { hasTask, ...opening }: Opening & { hasTask: boolean },
): Promise<string> {
  const read = (task?: string) => readEncoderFolder(found.path, found.name, task);
  if (!hasTask) return model.digest;
  if (routes.length === 0) return folder.modules.byTask ? digestFolder(await read(), opening) : model.digest;
  const hash = createHash("sha256");
  for (const route of routes) {
    const routed = await read(route).catch((error) => {
      // A route for images, say, is none that texts are compared with.
      if (!(error instanceof ModelError)) throw error;
    });
    if (routed) hash.update(await digestFolder(routed, opening));
  }
  return hash.digest("hex");
}

async function digestFolder(folder: EncoderFolder, { variant, known }: Opening): Promise<string> {
  if (isStatic(folder)) return (await openStatic(folder, known)).digest;
  const { digestTransformer } = await import("./transformer/transformer-encoder.js");
  return digestTransformer(folder, variant, known);
}

async function openModel(folder: EncoderFolder, { known, ...options }: Opening): Promise<FolderModel> {
  if (isBuiltin(folder)) return openBuiltin(folder, known);
  if (isStatic(folder)) return openStatic(folder, known);
  const { openTransformer } = await import("./transformer/transformer-encoder.js");
  return openTransformer(folder, options, known);
}
