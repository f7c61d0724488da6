import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../../errors.js";
import { explainUnreadable } from "../../store/files/unreadable.js";

/** `part.9` goes before `part.10`, in every locale. */
const byNumber = new Intl.Collator("en", { numeric: true });

/**
 * The files that a name stands for: itself; or several that it joins by commas, or that a `*` in a file's name stands for,
 * or all `.npy` of a folder, in the order of their numbers.
 *
 * @throws InputError if a `*` or a folder stands for nothing
 */
export function partsOf(name: string): readonly string[] {
  if (isFolder(name)) return matching(join(name, "*.npy"));
  return existsSync(name) ? [name] : name.split(",").flatMap(matching);
}

/** Whether a name is that of a folder with `.npy` files. */
export function isFolderOfArrays(name: string): boolean {
  return isFolder(name) && readdirSync(name).some((file) => file.endsWith(".npy"));
}

const isFolder = (name: string) => statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;

function matching(pattern: string): readonly string[] {
  if (!basename(pattern).includes("*") || existsSync(pattern)) return [pattern];
  const folder = dirname(pattern);
  const literal = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const names = new RegExp(`^${basename(pattern).split("*").map(literal).join(".*")}$`, "su");
  const found = listNames(folder, pattern)
    .filter((name) => names.test(name) && !name.startsWith("."))
    .sort(byNumber.compare)
    .map((name) => join(folder, name));
  if (found.length === 0) throw new InputError({ path: pattern }, "stands for no file.");
  return found;
}

function listNames(folder: string, pattern: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    const { problem = String(cause), advice } = explainUnreadable(folder, cause) ?? {};
    throw new InputError({ path: pattern }, `its folder: ${problem}`, { advice, cause });
  }
}
