import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { refuseForeign } from "./open-unfinished.js";
import { temporaryPath } from "./whole-file.js";

/** How the name of unfinished work ends; in a run folder `.resume`, since `.part` is litter there. */
export type UnfinishedEnding = ".part" | ".resume";

/** Tells two works apart: 16 hexadecimal digits. */
export function workKey(work: unknown): string {
  return createHash("sha256").update(JSON.stringify(work)).digest("hex").slice(0, 16);
}

/** A name for unfinished work beside its output that only the same work gives again. */
export function unfinishedPath(output: string, key: string, ending: UnfinishedEnding = ".part"): string {
  return join(dirname(output), `.${basename(output)}.${key}${ending}`);
}

/**
 * Removes what other work for an output left, and what a killed process was writing of any.
 *
 * @throws OutputError if what has its own name is a link, or another user's
 */
export async function removeOtherUnfinished(output: string, own: string): Promise<void> {
  const [folder, prefix, ending] = [dirname(output), `.${basename(output)}.`, extname(own)];
  const isUnfinished = (name: string) =>
    name.startsWith(prefix) &&
    name.endsWith(ending) &&
    /^[0-9a-f]{16}$/.test(name.slice(prefix.length, -ending.length));
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // What is written whole under the name of unfinished work has a half-written file of its own meanwhile.
    const whole = /^\.(.+)\.part$/.exec(name)?.[1] ?? "";
    const isHalf = isUnfinished(whole) && path === temporaryPath(join(folder, whole));
    if (isHalf || (isUnfinished(name) && path !== own)) await rm(path, { force: true });
  }
  await refuseForeign(own);
}

/**
 * The name for unfinished work; what other work for that output left is removed.
 *
 * @param work all that the result depends on, as JSON
 */
export async function claimUnfinished(
  output: string,
  work: unknown,
  ending?: UnfinishedEnding,
): Promise<string> {
  const own = unfinishedPath(output, workKey(work), ending);
  await removeOtherUnfinished(output, own);
  return own;
}
