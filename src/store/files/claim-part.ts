import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { partName } from "./whole-file.js";

/** Tells two works apart: 16 hexadecimal digits. */
export function workKey(work: unknown): string {
  return createHash("sha256").update(JSON.stringify(work)).digest("hex").slice(0, 16);
}

/** A name for unfinished work beside its output that only the same work gives again. */
export function partOf(output: string, key: string): string {
  return join(dirname(output), `.${basename(output)}.${key}.part`);
}

/** Removes what other work for an output left, and what a killed process was writing of any. */
export async function removeOtherParts(output: string, own: string): Promise<void> {
  const [folder, prefix] = [dirname(output), `.${basename(output)}.`];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const isPart = (of: string) =>
      of.startsWith(prefix) && /^[0-9a-f]{16}\.part$/.test(of.slice(prefix.length));
    // What is written whole under the name of a part has a part itself meanwhile.
    const half = name.startsWith(".") && name.endsWith(".part") ? name.slice(1, -".part".length) : "";
    const isHalf = isPart(half) && path === partName(join(folder, half));
    if (isHalf || (isPart(name) && path !== own)) await rm(path, { force: true });
  }
}

/**
 * The name for unfinished work; what other work for that output left is removed.
 *
 * @param work all that the result depends on, as JSON
 */
export async function claimPart(output: string, work: unknown): Promise<string> {
  const own = partOf(output, workKey(work));
  await removeOtherParts(output, own);
  return own;
}
