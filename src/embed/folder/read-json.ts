import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { ModelError } from "../../errors.js";

/**
 * A configuration file, or nothing where it is absent.
 *
 * @throws ModelError if it is not JSON
 */
// biome-ignore lint/suspicious/noExplicitAny: the fields are checked where they are used
export async function readJson(path: string): Promise<any> {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new ModelError(`${path}: not JSON: ${(cause as Error).message}`, { cause });
  }
}
