import { stat } from "node:fs/promises";
import { ModelError, OptionError } from "../errors.js";
import { parseHubName } from "../hub/hub-name.js";
import { option, say } from "../wording.js";
import { folderOf } from "./builtin.js";
import type { EncoderPlace, NeedOptions } from "./hub-encoders.js";

/**
 * Finds an encoder's folder by its name; one of the hub is fetched where the cache does not have it.
 *
 * @param name `builtin`, a path, or a name of the hub, `owner/name` or `owner/name@revision`
 * @throws ModelError if there is no such encoder; OptionError for a revision of what has none; OutputError if the cache
 *   cannot take it
 */
export async function findEncoder(name: string, options: NeedOptions = {}): Promise<EncoderPlace> {
  const { revision } = options;
  const path = folderOf(name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    if (revision === undefined) return { path, name: path };
    throw new OptionError(say`${name}: is a folder, which has no revisions to choose from.`, {
      advice: say`Leave ${option("revision", revision)} out, or name an encoder of the hub.`,
    });
  }
  if (found) throw new ModelError(`${name}: is a file; expected an encoder's folder.`, { advice: EXPECTED });
  const onHub = parseHubName(name, revision);
  if (!onHub && isPath(name)) throw new ModelError(`${name}: no such folder.`, { advice: EXPECTED });
  if (!onHub) throw new ModelError(`${name}: no such encoder.`, { advice: EXPECTED });
  const { findOnHub } = await import("./hub-encoders.js");
  return findOnHub(onHub, name, options);
}

/** Whether a name can be nothing but a path. */
const isPath = (name: string) => /^[./~]|[/\\]/.test(name);

const EXPECTED =
  "Give a folder with tokenizer.json and an ONNX model or a static table, the name of one on the hub (owner/name), builtin, or ngram.";

/** Its path alone. */
export async function findEncoderFolder(name: string, options?: NeedOptions): Promise<string> {
  return (await findEncoder(name, options)).path;
}
