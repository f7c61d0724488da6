import { ModelError } from "../errors.js";
import type { JobListeners } from "../events.js";
import { findEncoder } from "./find-folder.js";
import { readEncoderFolder } from "./folder/encoder-folder.js";

/**
 * The folder of a static encoder by its name. Of one of the hub that is none, no weights are fetched.
 *
 * @throws ModelError if there is no such encoder, or it has no table
 */
export async function findTableFolder(name: string, listeners: JobListeners = {}): Promise<string> {
  const told = await findEncoder(name, { ...listeners, weights: false });
  const { modules } = await readEncoderFolder(told.path, told.name);
  if (modules.input.kind !== "static")
    throw new ModelError(`${told.name}: is not a static encoder, so it has no table.`, {
      advice: "Make a static encoder of it with crisscross distil.",
    });
  return (await findEncoder(name, listeners)).path;
}
