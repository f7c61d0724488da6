import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { checkHubName } from "../../embed/hub-encoders.js";
import type { JobListeners } from "../../events.js";
import { openHub } from "../../hub/hub-context.js";
import { type RemovedModel, removeModel } from "../../hub/remove-model.js";

/** Which revisions are removed. */
export interface RemoveOptions extends JobListeners {
  /** Only this branch, tag or commit. @default all that the cache has */
  revision?: string;
}

/** The names of `RemoveOptions`. */
export const REMOVE_OPTIONS: OptionNames<RemoveOptions> = { revision: true, signal: true, onEvent: true };

/**
 * Removes an encoder of the hub from the cache: all that is there of its repository, or one revision.
 *
 * @throws OptionError if the name is none of the hub's; ModelError if the cache does not have it; OutputError if it
 *   cannot be removed
 */
export async function removeEncoder(name: string, options: RemoveOptions = {}): Promise<RemovedModel> {
  refuseUnknown("removeEncoder", options, REMOVE_OPTIONS);
  const { revision, ...listeners } = options;
  const onHub = checkHubName(name, revision);
  const isGiven = revision !== undefined || name.includes("@");
  return removeModel(onHub.repository, isGiven ? onHub.revision : undefined, openHub(listeners));
}
