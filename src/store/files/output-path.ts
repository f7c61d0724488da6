import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { OptionError, OutputError } from "../../errors.js";
import { isSameFile } from "./is-same-file.js";
import { MOST_LINKS, nextOfLink } from "./next-link.js";
import { explainWriteError } from "./output-error.js";

/** Where an output really goes. */
export interface OutputTarget {
  path: string;
  /** A device or a named pipe: it is written directly, since nothing can be renamed in its place. */
  special: boolean;
}

/**
 * Follows links to what an output's name stands for, be it there or not.
 *
 * @throws OutputError if its folder is not there, it is a folder, or its name is too long
 */
export async function findOutput(name: string, links = MOST_LINKS): Promise<OutputTarget> {
  let followed: NodeJS.ErrnoException | undefined;
  const found = await stat(name).catch((error) => {
    followed = error;
    return undefined;
  });
  if (found?.isDirectory())
    throw new OutputError(`${name}: is a folder; expected the name of a file to write.`);
  if (found) return { path: found.isFile() ? await realpath(name) : name, special: !found.isFile() };
  if (followed?.code === "ENAMETOOLONG") throw explainWriteError(followed, name);
  const folder = await realpath(dirname(name)).catch(() => {
    throw new OutputError(`${name}: its folder does not exist.`, { advice: "Make it first." });
  });
  const path = join(folder, basename(name));
  const next = await nextOfLink(path);
  if (next === undefined) return { path, special: false };
  if (links === 0 || followed?.code === "ELOOP")
    throw new OutputError(`${name}: is a link that leads to itself.`, { advice: "Name another file." });
  // In a folder that all users share, the system follows nobody else's links.
  if (followed?.code !== "ENOENT")
    throw new OutputError(`${name}: is a link that cannot be followed: ${followed?.code}.`, {
      advice: "Name another file.",
    });
  return findOutput(next, links - 1);
}

/**
 * Keeps an output from taking the place of what is read.
 *
 * @param inputs what is read; only paths count
 * @throws OptionError if the output is one of them, whatever it is called
 */
export async function refuseInputs(output: string, inputs: readonly unknown[]): Promise<void> {
  if (await isSameFile(output, inputs))
    throw new OptionError(`${output}: is also an input, which the output would replace.`, {
      advice: "Name another file.",
    });
}

/**
 * Keeps an output from taking the place of a file of a folder that is read.
 *
 * @param inputs what is read; only folders count
 * @throws OptionError if it is such a file
 */
export async function refuseFilesOf(output: string, inputs: readonly string[]): Promise<void> {
  const written = await stat(output).catch(() => undefined);
  if (!written?.isFile()) return;
  const path = await realpath(output);
  for (const input of inputs) {
    const folder = await realpath(input).catch(() => undefined);
    if (folder !== undefined && path.startsWith(join(folder, sep)))
      throw new OptionError(`${output}: is a file of ${input}, which the output would replace.`, {
        advice: "Name another file.",
      });
  }
}
