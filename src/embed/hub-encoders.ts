import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { ModelError, OptionError } from "../errors.js";
import type { JobListeners } from "../events.js";
import type { ChooseFiles } from "../hub/fetch-snapshot.js";
import { findSnapshot, pullSnapshot, UnknownNameError } from "../hub/find-snapshot.js";
import { openHub } from "../hub/hub-context.js";
import { type HubName, parseHubName } from "../hub/hub-name.js";
import { say } from "../wording.js";
import { neededFiles } from "./folder/needed-files.js";
import { keepWeightsTogether } from "./keep-weights-together.js";

/** Which files of the hub's encoder, and who hears of fetching them. */
export interface HubOptions extends JobListeners {
  /** Which model file is needed, such as `quantized` or `q4`. @default float32 if there is one */
  variant?: string;
  /** The branch, tag or commit of a name of the hub. @default "main" */
  revision?: string;
}

/** The names of `HubOptions`. */
export const HUB_OPTIONS: OptionNames<HubOptions> = {
  variant: true,
  revision: true,
  signal: true,
  onEvent: true,
};

/** Whether its weights are needed, too, not only what tells of it. */
export interface NeedOptions extends HubOptions {
  /** @default true */
  weights?: boolean;
  /** What texts are encoded for; nothing for sentences. @default nothing */
  tasks?: readonly (string | undefined)[];
}

/** Where an encoder's files are. */
export interface EncoderPlace {
  /** Its folder. */
  path: string;
  /** What it is called: the path, or its name on the hub. */
  name: string;
  /** What it is on the hub, where its name is one of the hub's. */
  hub?: { repository: string; commit: string /** All that it has, where that is known. */; files?: string[] };
}

/**
 * The folder of the hub's encoder in the cache; what the cache lacks is fetched.
 *
 * @param choose which of its files are needed; by default those of an encoder of sentences
 * @throws ModelError if there is none, or it cannot be fetched; OutputError if the cache cannot take it
 */
export async function findOnHub(
  onHub: HubName,
  name: string,
  options: NeedOptions,
  choose: ChooseFiles = chooserOf(onHub, options),
): Promise<EncoderPlace> {
  const { folder, commit, files } = await findSnapshot(onHub, choose, openHub(options)).catch((error) => {
    if (!(error instanceof UnknownNameError)) throw error;
    const { problem, advice } = error.wording;
    throw new ModelError(say`${problem} There is no folder ${name} here, either.`, { advice, cause: error });
  });
  await keepWeightsTogether(folder);
  const { repository } = onHub;
  return {
    path: folder,
    name: repository,
    hub: { repository, commit, files: files?.map(({ path }) => path) },
  };
}

/** What a pull has brought. */
export interface PulledEncoder {
  /** Its name on the hub, `owner/name`. */
  repository: string;
  /** The commit that its revision is at. */
  commit: string;
  /** Where it lies in the cache. */
  folder: string;
  /** How many files were fetched, and their bytes. */
  files: number;
  /** Bytes of the files that were fetched. */
  bytes: number;
}

/**
 * Fetches an encoder of the hub at the commit that its revision is at by now.
 *
 * @throws OptionError if the name is none of the hub's; ModelError if it cannot be fetched; OutputError if the cache
 *   cannot take it
 */
export async function pullEncoder(name: string, options: HubOptions = {}): Promise<PulledEncoder> {
  refuseUnknown("pullEncoder", options, HUB_OPTIONS);
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
    `${name}: is not a name of the hub; expected owner/name, such as intfloat/multilingual-e5-small.`,
  );
}

const chooserOf =
  ({ repository }: HubName, { variant, weights = true, tasks }: NeedOptions) =>
  (folder: string, files: readonly string[]) =>
    neededFiles(repository, folder, files, { variant, weights, tasks });
