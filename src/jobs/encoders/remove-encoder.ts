import { checkHubName } from "../../embed/hub-encoders.js";
import { type HubListeners, openHub } from "../../hub/hub-context.js";
import { type RemovedModel, removeModel } from "../../hub/remove-model.js";

/**
 * Removes an encoder of the hub from the cache: all that is there of its repository, or one revision.
 *
 * @throws OptionError if the name is none of the hub's; ModelError if the cache does not have it; OutputError if it
 *   cannot be removed
 */
export async function removeEncoder(
  name: string,
  { revision, ...listeners }: HubListeners & { revision?: string } = {},
): Promise<RemovedModel> {
  const onHub = checkHubName(name, revision);
  const isGiven = revision !== undefined || name.includes("@");
  return removeModel(onHub.repository, isGiven ? onHub.revision : undefined, openHub(listeners));
}
