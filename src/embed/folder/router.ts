import { join, posix } from "node:path";
import { ModelError } from "../../errors.js";
import { option, say } from "../../wording.js";
import { checkFields, refuseOthers } from "./known-fields.js";
import { checkObject, readSettings } from "./read-json.js";

/** Modules that take the place of others for some inputs. */
export const ROUTERS = ["Router", "Asym"];
/** A router's own configuration, by its name and by its old one. */
export const ROUTER_SETTINGS = ["router_config.json", "config.json"];

/** The modules that a router has for texts, of a task or of none. */
export interface Route {
  name: string;
  /** Each with its folder in the encoder's. */
  modules: { type: string; path: string }[];
}

/** Which of a folder's routers, and for which task. */
export interface RouteOf {
  /** Its folder in the encoder's. */
  folder: string;
  task?: string;
}

/**
 * The route that a text takes: by the router's mappings, by the names of its task and of its kind, or, without a task, by
 * default, as sentence-transformers finds it.
 *
 * @param path the encoder's folder
 * @throws ModelError if there is none, or a field is unknown
 */
export async function routeOf(path: string, { folder, task }: RouteOf): Promise<Route> {
  const { file, settings } = await readRouter(join(path, folder));
  checkFields(file, settings, "router_config.json");
  const { types = {}, structure = {}, parameters = {} } = settings;
  for (const [name, value] of Object.entries({ types, structure, parameters }))
    checkObject(file, name, value);
  refuseOthers(file, "parameters", parameters, ["default_route", "allow_empty_key", "route_mappings"]);
  const names = Object.keys(structure);
  const name = chooseRoute(names, parameters, task);
  if (name === undefined || !Object.hasOwn(structure, name))
    throw new ModelError(
      `${file}: has no route for a text ${task === undefined ? "without a task" : `of the task ${task}`}; it has ${names.join(", ") || "none"}, and default_route is ${JSON.stringify(parameters.default_route ?? null)}.`,
      { advice: say`Set default_route to one of them, or name one as ${option("task")}.` },
    );
  const modules = [structure[name]].flat().map((id) => ({
    type: String(types[id] ?? "?"),
    path: posix.join(folder, String(id)),
  }));
  return { name, modules };
}

/** The names of a router's routes. */
export async function routeNames(path: string, folder: string): Promise<string[]> {
  return Object.keys(Object((await readRouter(join(path, folder))).settings.structure));
}

async function readRouter(folder: string) {
  for (const name of ROUTER_SETTINGS) {
    const file = join(folder, name);
    const settings = await readSettings(file);
    if (settings.structure !== undefined) return { file, settings };
  }
  throw new ModelError(`${join(folder, ROUTER_SETTINGS[0])}: has no routes (structure).`);
}

interface Parameters {
  default_route?: string | null;
  allow_empty_key?: boolean;
  route_mappings?: Record<string, string> | null;
}

function chooseRoute(
  names: readonly string[],
  { default_route: byDefault, allow_empty_key: isFirstByDefault = true, route_mappings: given }: Parameters,
  task?: string,
): string | undefined {
  // A key is a tuple as Python writes it: a task, and a kind of input.
  const mappings = new Map(
    Object.entries(given ?? {}).map(([key, route]) => [key.replace(/\s/g, "").replaceAll('"', "'"), route]),
  );
  const keys = [...(task === undefined ? [] : [`'${task}'`]), "None"].flatMap((of) => [
    `(${of},'text')`,
    `(${of},None)`,
  ]);
  const mapped = keys.map((key) => mappings.get(key)).find((route) => route !== undefined);
  if (mapped !== undefined) return mapped;
  if (task !== undefined && names.includes(task)) return task;
  if (names.includes("text")) return "text";
  if (task !== undefined) return undefined;
  return byDefault ?? (isFirstByDefault ? names[0] : undefined);
}
