import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { checkFields } from "./known-fields.js";
import { checkObject, readJson } from "./read-json.js";
import { ROUTERS, routeNames, routeOf } from "./router.js";

/** A module as `modules.json` lists it. */
export interface ListedModule {
  /** As it is written: a class of Python. */
  type: string;
  /** The last part of it, such as `Pooling`. */
  kind: string;
  /** Its folder in the encoder's; empty where that is it. */
  folder: string;
  /** The route of a router that it is in. */
  route?: string;
}

const LIST = "modules.json";

/** A module of any other package is code that comes with the folder. */
const OWN = "sentence_transformers.";

/**
 * The modules of an encoder's folder in their order, of a router those that a text of that task goes through; nothing
 * where there is no `modules.json`.
 *
 * @throws ModelError if it is no list of modules, or one is of a class that sentence-transformers does not have
 */
export async function listModules(path: string, task?: string): Promise<ListedModule[] | undefined> {
  const modules = await readList(path);
  const routed = modules?.map(async (module) => {
    if (!ROUTERS.includes(module.kind)) return [module];
    const { name, modules: inRoute } = await routeOf(path, { folder: module.folder, task });
    return inRoute.map((inner) => ({ ...describeModule(join(path, LIST), inner), route: name }));
  });
  return routed && (await Promise.all(routed)).flat();
}

/** The folders of an encoder's routers, whose own configurations tell which modules there are. */
export async function listRouters(path: string): Promise<string[]> {
  const routers = (await readList(path))?.filter(({ kind }) => ROUTERS.includes(kind));
  return routers?.map(({ folder }) => folder) ?? [];
}

/** The names of all routes of an encoder's routers, which are names of tasks; none where it has no router. */
export async function listRoutes(path: string): Promise<string[]> {
  const names = await Promise.all((await listRouters(path)).map((folder) => routeNames(path, folder)));
  return [...new Set(names.flat())];
}

async function readList(path: string): Promise<ListedModule[] | undefined> {
  const file = join(path, LIST);
  const listed = await readJson(file);
  if (listed === undefined) return undefined;
  if (!Array.isArray(listed))
    throw new ModelError(`${file}: is ${JSON.stringify(listed)}; expected a list of modules.`);
  return listed.map((module) => {
    checkObject(file, "a module", module);
    checkFields(file, module, "modules.json");
    return describeModule(file, module);
  });
}

function describeModule(file: string, module: { type?: unknown; path?: unknown }): ListedModule {
  const type = String(module.type ?? "?");
  if (type.startsWith(OWN)) return { type, kind: type.split(".").at(-1)!, folder: String(module.path ?? "") };
  throw new ModelError(
    `${file}: asks for ${type}, which is unknown: it is code of the encoder's own; expected a module of sentence-transformers.`,
  );
}
