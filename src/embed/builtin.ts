import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The name of the encoder that is shipped with the package. */
export const BUILTIN = "builtin";

/** Its weights lie beside the sources, since they are not compiled; `pipelines/builtin-encoder.ts` makes them. */
const FOLDER = fileURLToPath(new URL("../../../src/embed/builtin", import.meta.url));

/**
 * The folder of an encoder by its name: the built-in one's, or the path that is the name; for the folder of a loop, the
 * encoder in it.
 */
export function folderOf(name: string): string {
  if (name === BUILTIN) return FOLDER;
  const inRun = join(name, "encoder");
  const isRun = existsSync(join(name, "manifest.json")) && existsSync(join(inRun, "modules.json"));
  return isRun ? inRun : name;
}
