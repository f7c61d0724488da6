import { stat } from "node:fs/promises";
import { ModelError, OptionError } from "../errors.js";
import { findSnapshot, pullSnapshot, UnknownNameError } from "../hub/find-snapshot.js";
import { type HubListeners, openHub } from "../hub/hub-context.js";
import { type HubName, parseHubName } from "../hub/hub-name.js";
import { folderOf } from "./builtin.js";
import { neededFiles } from "./folder/needed-files.js";
import { keepWeightsTogether } from "./keep-weights-together.js";

/** Which files of the hub's encoder, and who hears of fetching them. */
export interface FindOptions extends HubListeners {
  /** Which model file is needed, such as `quantized` or `q4`. @default float32 if there is one */
  variant?: string;
  /** The branch, tag or commit of a name of the hub. @default "main" */
  revision?: string;
  /** Whether its weights are needed, too, not only what tells of it. @default true */
  weights?: boolean;
}

export interface FoundEncoder {
  /** Its folder. */
  path: string;
  /** What it is called: the path, or its name on the hub. */
  name: string;
  /** What it is on the hub, where its name is one of the hub's. */
  hub?: { repository: string; commit: string /** All that it has, where that is known. */; files?: string[] };
}

/**
 * Finds an encoder's folder by its name; one of the hub is fetched where the cache does not have it.
 *
 * @param name `builtin`, a path, or a name of the hub, `owner/name` or `owner/name@revision`
 * @throws ModelError if there is no such encoder; OptionError for a revision of what has none; OutputError if the cache
 *   cannot take it
 */
export async function findEncoder(name: string, options: FindOptions = {}): Promise<FoundEncoder> {
  const { revision } = options;
  const path = folderOf(name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    if (revision === undefined) return { path, name: path };
    throw new OptionError(
      `${name}: is a folder, which has no revisions to choose from. Leave out the revision (${revision}), or name an encoder of the hub.`,
    );
  }
  if (found) throw new ModelError(`${name}: is a file; expected an encoder's folder. ${EXPECTED}`);
  const onHub = parseHubName(name, revision);
  if (!onHub) throw new ModelError(`${name}: no such encoder. ${EXPECTED}`);
  const { folder, commit, files } = await findSnapshot(
    onHub,
    chooserOf(onHub, options),
    openHub(options),
  ).catch((error) => {
    if (!(error instanceof UnknownNameError)) throw error;
    throw new ModelError(`${error.message} A folder ${name} is not here, either.`, { cause: error });
  });
  await keepWeightsTogether(folder);
  const { repository } = onHub;
  return {
    path: folder,
    name: repository,
    hub: { repository, commit, files: files?.map(({ path }) => path) },
  };
}

const EXPECTED =
  "Give a folder with tokenizer.json and an ONNX model or a static table, the name of one on the hub (owner/name), builtin, or ngram.";

/** Its path alone. */
export async function findEncoderFolder(name: string, options?: FindOptions): Promise<string> {
  return (await findEncoder(name, options)).path;
}

/** What a pull has brought. */
export interface PulledEncoder {
  repository: string;
  commit: string;
  folder: string;
  /** How many files were fetched, and their bytes. */
  files: number;
  bytes: number;
}

/**
 * Fetches an encoder of the hub at the commit that its revision is at by now.
 *
 * @throws OptionError if the name is none of the hub's; ModelError if it cannot be fetched; OutputError if the cache
 *   cannot take it
 */
export async function pullEncoder(name: string, options: FindOptions = {}): Promise<PulledEncoder> {
  const onHub = checkHubName(name, options.revision);
  const choose = chooserOf(onHub, options);
  const { snapshot, fetched } = await pullSnapshot(onHub, choose, openHub(options));
  await keepWeightsTogether(snapshot.folder);
  const { commit, folder } = snapshot;
  return { repository: onHub.repository, commit, folder, ...fetched };
}

/** @throws OptionError if a name is none of the hub's */
export function checkHubName(name: string, revision?: string): HubName {
  const onHub = parseHubName(name, revision);
  if (onHub) return onHub;
  throw new OptionError(
    `${name}: is no name of the hub; expected owner/name, such as intfloat/multilingual-e5-small.`,
  );
}

const chooserOf =
  ({ repository }: HubName, { variant, weights = true }: FindOptions) =>
  (folder: string, files: readonly string[]) =>
    neededFiles(repository, folder, files, { variant, weights });
