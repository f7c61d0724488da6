import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { OptionError } from "../../errors.js";
import type { CustomFunction } from "../../filter/custom-rule.js";

/**
 * The function of a JavaScript file that is a rule of one's own.
 *
 * @param folder where relative paths begin
 * @throws OptionError if the file cannot be loaded, or exports no such function
 */
export async function importRule(module: string, name: string, folder: string): Promise<CustomFunction> {
  const path = resolve(folder, module);
  if (!/\.[cm]?[jt]s$/.test(module))
    throw new OptionError(`The rule ${name}: ${module} is not a file of JavaScript.`, {
      advice:
        "A rule of your own is a function that a file such as rules.js exports; modules of Python are not run.",
    });
  let exported: Record<string, unknown>;
  try {
    exported = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new OptionError(`The rule ${name}: ${module} cannot be loaded (${(error as Error).message}).`, {
      cause: error,
    });
  }
  const found = exported[name];
  if (typeof found === "function") return found as CustomFunction;
  const names = Object.keys(exported).filter((key) => typeof exported[key] === "function");
  throw new OptionError(
    `${module} exports no function ${name}; it exports ${names.length > 0 ? names.join(", ") : "none"}.`,
  );
}
