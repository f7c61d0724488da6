import { stat } from "node:fs/promises";
import { ModelError } from "../errors.js";
import type { JobListeners } from "../events.js";
import { parseHubName } from "../hub/hub-name.js";
import { neededFiles } from "./needed-files.js";

const EXPECTED =
  "Give a folder with tokenizer.json and an ONNX model, or the name of one on the hub, owner/name or owner/name@revision.";

/**
 * Finds a re-scorer's folder by its name; one of the hub is fetched where the cache does not have it.
 *
 * @throws ModelError if there is none; OutputError if the cache cannot take it
 */
export async function findRescorer(
  name: string,
  { variant, ...listeners }: JobListeners & { variant?: string },
): Promise<{ path: string; name: string }> {
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory()) return { path: name, name };
  if (found) throw new ModelError(`${name}: is a file; expected a re-scorer's folder.`, { advice: EXPECTED });
  const onHub = parseHubName(name);
  if (!onHub) throw new ModelError(`${name}: no such re-scorer.`, { advice: EXPECTED });
  const { findOnHub } = await import("../embed/hub-encoders.js");
  return await findOnHub(onHub, name, listeners, (folder, files) =>
    neededFiles(onHub.repository, folder, files, variant),
  );
}
