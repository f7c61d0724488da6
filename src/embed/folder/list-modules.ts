import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { checkFields } from "./known-fields.js";
import { checkObject, readJson } from "./read-json.js";

/** A module as `modules.json` lists it. */
export interface ListedModule {
  /** As it is written: a class of Python. */
  type: string;
  /** The last part of it, such as `Pooling`. */
  kind: string;
  /** Its folder in the encoder's; empty where that is it. */
  folder: string;
}

/** A module of any other package is code that comes with the folder. */
const OWN = "sentence_transformers.";

/**
 * The modules of an encoder's folder in their order; nothing where there is no `modules.json`.
 *
 * @throws ModelError if it is no list of modules, or one is of a class that sentence-transformers does not have
 */
export async function listModules(path: string): Promise<ListedModule[] | undefined> {
  const file = join(path, "modules.json");
  const listed = await readJson(file);
  if (listed === undefined) return undefined;
  if (!Array.isArray(listed))
    throw new ModelError(`${file}: is ${JSON.stringify(listed)}; expected a list of modules.`);
  return listed.map((module) => {
    checkObject(file, "a module", module);
    checkFields(file, module, "modules.json");
    const type = String(module.type ?? "?");
    if (!type.startsWith(OWN))
      throw new ModelError(
        `${file}: asks for ${type}, which is unknown: it is code of the encoder's own; expected a module of sentence-transformers.`,
      );
    return { type, kind: type.split(".").at(-1)!, folder: String(module.path ?? "") };
  });
}
